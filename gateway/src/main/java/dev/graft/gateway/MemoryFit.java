package dev.graft.gateway;

import dev.graft.gateway.connect.ConnectMethods;
import dev.graft.gateway.memory.MemoryBudget;
import java.util.ArrayList;
import java.util.List;

/** What an operator should know of limits that are larger than this machine's memory. */
final class MemoryFit {
  private MemoryFit() {}

  /**
   * Notes, each with what to do; none where everything fits.
   *
   * @param direct how many bytes there are outside the heap
   */
  static List<String> notes(GatewaySettings settings, MemoryBudget memory, long direct) {
    List<String> notes = new ArrayList<>();
    long most = memory.mostOfOne();
    if (settings.maxMessageBytes() > most) {
      notes.add(
          "graft.gateway.max-message-bytes is %,d, and this heap has %,d for a message: larger ones are refused. Give Java a larger heap (-Xmx), or lower it."
              .formatted(settings.maxMessageBytes(), most));
    }
    long ofPlans = most / ConnectMethods.COPIES_OF_COMPRESSED;
    if (settings.maxPlanBytes() > ofPlans) {
      notes.add(
          "graft.gateway.max-plan-bytes is %,d, and this heap has room for a compressed plan that becomes %,d: larger ones are refused. Give Java a larger heap (-Xmx), or lower it."
              .formatted(settings.maxPlanBytes(), ofPlans));
    }
    // Bytes in a connection's window are in memory, but not counted before they are read.
    long windows = (long) settings.connections().most() * settings.connections().windowBytes();
    long left = direct - memory.most();
    if (windows > left) {
      notes.add(
          "graft.gateway.max-connections times graft.gateway.window-bytes is %,d, and %,d of the direct memory are left for it: clients that send and do not let the gateway go on could use it up. Give Java more (-Xmx, or -XX:MaxDirectMemorySize), or lower one of the two."
              .formatted(windows, left));
    }
    return notes;
  }
}
