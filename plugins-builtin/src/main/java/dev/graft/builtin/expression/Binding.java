package dev.graft.builtin.expression;

import dev.graft.api.node.ExpressionNode;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** How a value is used several times in an expression. */
public enum Binding {
  /** It is computed once, by {@link Let}. */
  ONCE,
  /**
   * It is written where it is used, for subqueries, over which there can be no lambda. Spark runs
   * equal subqueries once, and computes equal parts of a row once where it compiles them.
   */
  REPEATED;

  /** The body over the value. */
  public ExpressionNode let(ExpressionNode value, UnaryOperator<ExpressionNode> body) {
    return this == ONCE ? Let.let(value, body) : body.apply(value);
  }

  /** The body over fields by their names; each body takes a field by its name alone. */
  public ExpressionNode let(Map<String, ExpressionNode> fields, Fields body) {
    return this == ONCE
        ? Let.let(fields, struct -> body.over(struct::getField))
        : body.over(
            name -> {
              ExpressionNode field = fields.get(name);
              if (field == null) {
                throw new IllegalArgumentException("There is no field " + name);
              }
              return field;
            });
  }

  /** An expression over fields. */
  @FunctionalInterface
  public interface Fields {
    /** The expression. */
    ExpressionNode over(Function<String, ExpressionNode> field);
  }
}
