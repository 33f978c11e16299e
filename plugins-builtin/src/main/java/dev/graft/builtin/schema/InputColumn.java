package dev.graft.builtin.schema;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import org.apache.spark.connect.proto.DataType;

/**
 * A column of an input.
 *
 * @param place from 0
 * @param name as the input has it; it may be empty, or that of another column
 * @param type its type
 * @param nullable whether it may hold nulls
 */
public record InputColumn(int place, String name, DataType type, boolean nullable) {
  /** The column in {@link InputColumns#placed} with the same prefix. */
  public ExpressionNode in(String prefix) {
    return Nodes.column(prefix + place);
  }

  /** The name of its type, see {@link TypeNames}. */
  public String typeName() {
    return TypeNames.of(type);
  }
}
