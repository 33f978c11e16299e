package dev.graft.gateway;

import dev.graft.gateway.connect.ConnectMethods;
import dev.graft.gateway.memory.MemoryBudget;
import java.util.ArrayList;
import java.util.List;

/** What an operator should know of limits that are larger than this machine's memory. */
final class MemoryFit {
  private MemoryFit() {}

  /** Notes, each with what to do; none where everything fits. */
  static List<String> notes(GatewaySettings settings, MemoryBudget memory) {
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
    return notes;
  }
}
