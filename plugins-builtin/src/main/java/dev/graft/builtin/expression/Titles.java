package dev.graft.builtin.expression;

import dev.graft.api.node.ExpressionNode;
import org.apache.spark.connect.proto.Expression;

/**
 * The names of columns that nobody has named. Spark would write the whole expression there, which
 * is long, and may hold what is not for everybody who sees the schema.
 */
public final class Titles {
  /** How much of a column's name becomes part of a title, in characters. */
  private static final int QUOTED = 100;

  private Titles() {}

  /** The expression under the operation's name, with that of its column where it is over one. */
  public static Expression titled(String operation, Expression input, ExpressionNode answer) {
    String column = input.getUnresolvedAttribute().getUnparsedIdentifier();
    boolean named = !column.isEmpty() && column.length() <= QUOTED;
    return answer.as(named ? operation + "(" + column + ")" : operation).build();
  }
}
