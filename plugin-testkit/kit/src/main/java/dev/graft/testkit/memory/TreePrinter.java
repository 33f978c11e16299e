package dev.graft.testkit.memory;

import dev.graft.registry.descriptor.Descriptors;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.testkit.tree.PlanTree;

/** Prints plans with the names of Connect's messages and of the tested plugins' own. */
public final class TreePrinter {
  private static final int MOST_LINES = 10_000;
  private static final Descriptors CONNECT = Descriptors.ofConnect();

  private final PlanTree tree;

  /** Prints what these plugins are asked and answer. */
  public TreePrinter(TestedPlugins plugins) {
    Descriptors known = CONNECT;
    for (LoadedPlugin plugin : plugins.index().plugins()) {
      for (String name : plugin.messageNames()) {
        byte[] described = plugin.description(name).descriptorSet();
        known = described.length == 0 ? known : known.and(Descriptors.read(described));
      }
    }
    this.tree = new PlanTree(known, MOST_LINES);
  }

  /**
   * The tree of a serialised message, a line for each field that is set.
   *
   * @param fullName the message's full name
   */
  public String print(String fullName, byte[] message) {
    return tree.print(fullName, message);
  }
}
