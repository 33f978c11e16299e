package dev.graft.registry.lowering;

import java.util.Objects;

/** What becomes of an extension that was found. */
public sealed interface Expansion {
  /**
   * The extension's place is taken by another node.
   *
   * @param node a serialised {@code spark.connect.Relation}, {@code Expression} or {@code Command},
   *     as the extension's kind says; handed over, not copied
   */
  record Replace(byte[] node) implements Expansion {
    public Replace {
      Objects.requireNonNull(node, "node");
    }
  }

  /** The extension stays as it is: its host knows how to run it. */
  record Leave() implements Expansion {}
}
