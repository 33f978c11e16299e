package dev.graft.builtin.diff;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.literal;

import dev.graft.api.node.ExpressionNode;
import dev.graft.builtin.schema.InputColumn;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.connect.proto.DataType;

/**
 * When two rows have the same id. Null is an id like any other, and Spark joins by {@code <=>} as
 * well as by {@code =}, but shuffles and sorts by two keys then: the value, with some other in
 * place of null, and whether it is null. The latter is a condition here that is only looked at
 * where the keys are the same, so that there is one key. The value in place of null is one that is
 * no likely id, since rows of a key are compared with one another.
 */
final class SameId {
  private static final String BINARY = "UTF8_BINARY";

  private SameId() {}

  /** Never null. */
  static ExpressionNode of(
      InputColumn leftColumn, ExpressionNode left, InputColumn rightColumn, ExpressionNode right) {
    if (!leftColumn.nullable() && !rightColumn.nullable()) {
      return left.equalTo(right);
    }
    Optional<ExpressionNode> instead =
        leftColumn.type().equals(rightColumn.type())
            ? insteadOfNull(leftColumn.type())
            : Optional.empty();
    return instead
        .map(value -> call("coalesce", left, value).equalTo(call("coalesce", right, value)))
        .map(same -> same.and(areBothOrNeither(left.isNull(), right.isNull())))
        .orElseGet(() -> left.nullSafeEqualTo(right));
  }

  /** Not written as an equality, which would be a key. */
  private static ExpressionNode areBothOrNeither(ExpressionNode one, ExpressionNode other) {
    return one.and(other).or(one.or(other).not());
  }

  private static Optional<ExpressionNode> insteadOfNull(DataType type) {
    return Optional.ofNullable(
        switch (type.getKindCase()) {
          case BYTE -> literal(Byte.MIN_VALUE);
          case SHORT -> literal(Short.MIN_VALUE);
          case INTEGER -> literal(-1_640_531_527);
          case LONG -> literal(-7_046_029_254_386_353_131L);
          case STRING -> isBinary(type) ? literal("\u0001null") : null;
          case DATE -> literal(LocalDate.of(1, 1, 2));
          default -> null;
        });
  }

  private static boolean isBinary(DataType type) {
    String collation = type.getString().getCollation();
    return collation.isEmpty() || collation.equals(BINARY);
  }
}
