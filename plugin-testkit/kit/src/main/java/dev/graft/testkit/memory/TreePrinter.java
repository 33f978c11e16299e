package dev.graft.testkit.memory;

import dev.graft.registry.lowering.Descriptors;
import dev.graft.registry.lowering.PlanTree;
import dev.graft.registry.plugin.LoadedPlugin;
import dev.graft.spi.MessageDescription;

/** Prints plans with the names of Connect's messages and of the tested plugins' own. */
public final class TreePrinter {
  private static final int MOST_LINES = 10_000;
  private static final Descriptors CONNECT = Descriptors.ofConnect();

  private final PlanTree tree;

  /** Prints what these plugins are asked and answer. */
  public TreePrinter(TestedPlugins plugins) {
    Descriptors known = CONNECT;
    for (LoadedPlugin plugin : plugins.snapshot().plugins()) {
      for (String name : plugin.messageNames()) {
        byte[] described = describe(plugin, name).descriptorSet();
        known = described.length == 0 ? known : known.and(Descriptors.read(described));
      }
    }
    this.tree = new PlanTree(known, MOST_LINES);
  }

  private static MessageDescription describe(LoadedPlugin plugin, String name) {
    try {
      return plugin.plugin().describe(name);
    } catch (RuntimeException | LinkageError e) {
      // As in a server's list of extensions: a plugin that fails to tell is one that tells nothing.
      return MessageDescription.NONE;
    }
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
