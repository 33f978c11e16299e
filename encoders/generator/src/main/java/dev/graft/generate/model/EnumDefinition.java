package dev.graft.generate.model;

import java.util.List;

/**
 * An enum.
 *
 * @param fullName such as {@code acme.v1.Order}
 * @param name unique among the types of its {@link ClientFile}
 * @param open whether numbers may be used that have no name
 * @param values in the order of the source, at least one. Several may have the same number
 */
public record EnumDefinition(
    String fullName, Name name, Documentation documentation, boolean open, List<Value> values) {
  public EnumDefinition {
    values = List.copyOf(values);
  }

  /**
   * A value.
   *
   * @param protoName as in the source, such as {@code ORDER_ASCENDING}
   * @param name without the enum's own name in front where all values have that, such as
   *     "ascending"; unique within the enum
   */
  public record Value(String protoName, int number, Name name, Documentation documentation) {}
}
