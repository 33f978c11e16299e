package dev.graft.api.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Expression.SortOrder.NullOrdering;
import org.apache.spark.connect.proto.Expression.SortOrder.SortDirection;
import org.jspecify.annotations.Nullable;

/**
 * An expression. Where a method takes an {@code Object}, it takes another expression, or a value
 * that {@link Nodes#literal} takes; a string is a string literal there, not a column.
 *
 * @param build the Connect node
 */
public record ExpressionNode(Expression build) {
  /** The expression under a name. */
  public ExpressionNode as(String name) {
    return Nodes.expression(
        Expression.newBuilder()
            .setAlias(Expression.Alias.newBuilder().setExpr(build).addName(name))
            .build());
  }

  /** The expression as another type, in DDL, for example {@code DECIMAL(10, 2)}. */
  public ExpressionNode cast(String type) {
    return Nodes.expression(Expression.newBuilder().setCast(castTo(type)).build());
  }

  /**
   * The expression as another type, or null where a value cannot be had in it. Since Spark 4.0; for
   * an earlier server, which would run it as {@link #cast}, Graft refuses an answer that holds it.
   * There {@code cast} gives null as well unless ANSI mode is on.
   */
  public ExpressionNode tryCast(String type) {
    return Nodes.expression(
        Expression.newBuilder()
            .setCast(castTo(type).setEvalMode(Expression.Cast.EvalMode.EVAL_MODE_TRY))
            .build());
  }

  private Expression.Cast.Builder castTo(String type) {
    return Expression.Cast.newBuilder().setExpr(build).setTypeStr(type);
  }

  /** Whether both are equal; null where one is null. */
  public ExpressionNode equalTo(@Nullable Object other) {
    return Nodes.call("==", this, other);
  }

  /** Whether both differ; null where one is null. */
  public ExpressionNode notEqualTo(@Nullable Object other) {
    return equalTo(other).not();
  }

  /** Whether both are equal or both are null; never null. */
  public ExpressionNode nullSafeEqualTo(@Nullable Object other) {
    return Nodes.call("<=>", this, other);
  }

  /** Less than. */
  public ExpressionNode lessThan(@Nullable Object other) {
    return Nodes.call("<", this, other);
  }

  /** Less than or equal to. */
  public ExpressionNode atMost(@Nullable Object other) {
    return Nodes.call("<=", this, other);
  }

  /** Greater than. */
  public ExpressionNode greaterThan(@Nullable Object other) {
    return Nodes.call(">", this, other);
  }

  /** Greater than or equal to. */
  public ExpressionNode atLeast(@Nullable Object other) {
    return Nodes.call(">=", this, other);
  }

  /** At least {@code lower} and at most {@code upper}. */
  public ExpressionNode between(@Nullable Object lower, @Nullable Object upper) {
    return atLeast(lower).and(atMost(upper));
  }

  /** The sum of both. */
  public ExpressionNode plus(@Nullable Object other) {
    return Nodes.call("+", this, other);
  }

  /** The difference of both. */
  public ExpressionNode minus(@Nullable Object other) {
    return Nodes.call("-", this, other);
  }

  /** The product of both. */
  public ExpressionNode times(@Nullable Object other) {
    return Nodes.call("*", this, other);
  }

  /** The quotient of both, with its fraction. */
  public ExpressionNode dividedBy(@Nullable Object other) {
    return Nodes.call("/", this, other);
  }

  /** The remainder of the division, with the sign of the dividend. */
  public ExpressionNode remainder(@Nullable Object other) {
    return Nodes.call("%", this, other);
  }

  /** The value with the opposite sign. */
  public ExpressionNode negated() {
    return Nodes.call("negative", this);
  }

  /** Both hold. */
  public ExpressionNode and(@Nullable Object other) {
    return Nodes.call("and", this, other);
  }

  /** One of both holds, or both do. */
  public ExpressionNode or(@Nullable Object other) {
    return Nodes.call("or", this, other);
  }

  /** It does not hold. */
  public ExpressionNode not() {
    return Nodes.call("not", this);
  }

  /** The bits that both have. */
  public ExpressionNode bitwiseAnd(@Nullable Object other) {
    return Nodes.call("&", this, other);
  }

  /** The bits that one of both has. */
  public ExpressionNode bitwiseOr(@Nullable Object other) {
    return Nodes.call("|", this, other);
  }

  /** The bits that exactly one of both has. */
  public ExpressionNode bitwiseXor(@Nullable Object other) {
    return Nodes.call("^", this, other);
  }

  /** Whether the value is null; never null. */
  public ExpressionNode isNull() {
    return Nodes.call("isNull", this);
  }

  /** Whether the value is not null; never null. */
  public ExpressionNode isNotNull() {
    return Nodes.call("isNotNull", this);
  }

  /** Whether the value is NaN, the floating-point value for "not a number". */
  public ExpressionNode isNaN() {
    return Nodes.call("isNaN", this);
  }

  /** Whether the value is one of these. */
  public ExpressionNode in(@Nullable Object... values) {
    return in(Arrays.asList(values));
  }

  /**
   * Whether the value is one of these. If the list is empty: false, or null where the value is
   * null.
   */
  public ExpressionNode in(List<? extends @Nullable Object> values) {
    List<ExpressionNode> arguments = new ArrayList<>(values.size() + 1);
    arguments.add(this);
    arguments.addAll(Nodes.expressionsOf(values));
    return Nodes.call("in", arguments);
  }

  /** Whether the string matches a SQL pattern: {@code %} any characters, {@code _} one. */
  public ExpressionNode like(@Nullable Object pattern) {
    return Nodes.call("like", this, pattern);
  }

  /** As {@link #like}, upper and lower case being the same. */
  public ExpressionNode ilike(@Nullable Object pattern) {
    return Nodes.call("ilike", this, pattern);
  }

  /** Whether a Java regular expression is found in the string. */
  public ExpressionNode rlike(@Nullable Object pattern) {
    return Nodes.call("rlike", this, pattern);
  }

  /** Whether the string holds another one. */
  public ExpressionNode contains(@Nullable Object part) {
    return Nodes.call("contains", this, part);
  }

  /** Whether the string starts with another one. */
  public ExpressionNode startsWith(@Nullable Object part) {
    return Nodes.call("startsWith", this, part);
  }

  /** Whether the string ends with another one. */
  public ExpressionNode endsWith(@Nullable Object part) {
    return Nodes.call("endsWith", this, part);
  }

  /** A field of a struct, by its name. */
  public ExpressionNode getField(String name) {
    return getItem(name);
  }

  /** An element: of an array by its place, from 0; of a map by its key. */
  public ExpressionNode getItem(@Nullable Object key) {
    return Nodes.expression(
        Expression.newBuilder()
            .setUnresolvedExtractValue(
                Expression.UnresolvedExtractValue.newBuilder()
                    .setChild(build)
                    .setExtraction(Nodes.literal(key).build()))
            .build());
  }

  /** The struct with a field added or replaced. */
  public ExpressionNode withField(String name, @Nullable Object value) {
    return updateFields(
        Expression.UpdateFields.newBuilder()
            .setFieldName(name)
            .setValueExpression(Nodes.literal(value).build()));
  }

  /** The struct without a field. */
  public ExpressionNode dropField(String name) {
    return updateFields(Expression.UpdateFields.newBuilder().setFieldName(name));
  }

  private ExpressionNode updateFields(Expression.UpdateFields.Builder update) {
    return Nodes.expression(
        Expression.newBuilder().setUpdateFields(update.setStructExpression(build)).build());
  }

  /** The aggregate or window function over a window, see {@link Windows}. */
  public ExpressionNode over(WindowNode window) {
    return window.apply(this);
  }

  /** Smallest first, nulls before them. */
  public OrderNode asc() {
    return OrderNode.of(
        this, SortDirection.SORT_DIRECTION_ASCENDING, NullOrdering.SORT_NULLS_FIRST);
  }

  /** Largest first, nulls after them. */
  public OrderNode desc() {
    return OrderNode.of(
        this, SortDirection.SORT_DIRECTION_DESCENDING, NullOrdering.SORT_NULLS_LAST);
  }
}
