package dev.graft.builtin.profile;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.nullOf;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.Aggregates;
import dev.graft.api.node.ExpressionNode;
import dev.graft.builtin.schema.InputColumn;
import dev.graft.builtin.schema.TypeKinds;
import java.util.ArrayList;
import java.util.List;

/**
 * What is computed of one column.
 *
 * @param column the column, in an input that is {@linkplain
 *     dev.graft.builtin.schema.InputColumns#placed placed} with {@link #PREFIX}
 */
record ProfiledColumn(InputColumn column) {
  static final String PREFIX = "c";

  boolean isSimple() {
    return TypeKinds.isSimple(column.type());
  }

  boolean isNumber() {
    return TypeKinds.isNumber(column.type());
  }

  private boolean hasQuantiles() {
    return isNumber() || TypeKinds.isDateOrTimestamp(column.type());
  }

  /** The values, without NaN. */
  ExpressionNode value() {
    ExpressionNode value = column.in(PREFIX);
    return TypeKinds.isFloating(column.type())
        ? when(value.isNaN().not(), value).otherwiseNull()
        : value;
  }

  /** The values as text, the same text for the same value. */
  ExpressionNode text() {
    ExpressionNode value = value();
    if (TypeKinds.isFloating(column.type())) {
      // Zero has two signs, which are equal but have different texts.
      return value.plus(literal(0).cast(column.typeName())).cast("STRING");
    }
    return text(value);
  }

  private ExpressionNode text(ExpressionNode value) {
    return column.type().hasBinary() ? call("hex", value) : value.cast("STRING");
  }

  /**
   * The column's statistics, as a struct over the groups of an aggregation of all rows.
   *
   * @param index its place among the profiled ones, by which structs are sorted
   */
  ExpressionNode statistics(int index, ProfileOptions options) {
    ExpressionNode value = value();
    ExpressionNode given = column.in(PREFIX);
    boolean floating = TypeKinds.isFloating(column.type());
    List<Object> fields = new ArrayList<>();
    fields.addAll(List.of("index", literal(index)));
    fields.addAll(List.of("position", literal(column.place())));
    fields.addAll(List.of("column", literal(column.name())));
    fields.addAll(List.of("type", literal(column.typeName())));
    fields.addAll(List.of("count", Aggregates.count(given)));
    fields.addAll(List.of("nulls", Aggregates.count().minus(Aggregates.count(given))));
    fields.addAll(
        List.of(
            "nans",
            floating ? Aggregates.count(given).minus(Aggregates.count(value)) : nullOf("BIGINT")));
    fields.addAll(
        List.of("distinct", isSimple() ? call("approx_count_distinct", value) : nullOf("BIGINT")));
    fields.addAll(List.of("min", isSimple() ? text(Aggregates.min(value)) : nullOf("STRING")));
    fields.addAll(List.of("max", isSimple() ? text(Aggregates.max(value)) : nullOf("STRING")));
    ExpressionNode number = isNumber() ? value.cast("DOUBLE") : nullOf("DOUBLE");
    fields.addAll(List.of("mean", isNumber() ? Aggregates.avg(number) : number));
    fields.addAll(List.of("deviation", isNumber() ? call("stddev_samp", number) : number));
    fields.addAll(List.of("quantiles", quantiles(value, options)));
    fields.addAll(List.of("lower", isNumber() ? Aggregates.min(value).cast("DOUBLE") : number));
    fields.addAll(List.of("upper", isNumber() ? Aggregates.max(value).cast("DOUBLE") : number));
    return call("named_struct", fields.toArray());
  }

  private ExpressionNode quantiles(ExpressionNode value, ProfileOptions options) {
    if (!hasQuantiles()) {
      return nullOf("ARRAY<STRING>");
    }
    return call("percentile_approx", value, literal(options.quantiles()), options.accuracy())
        .cast("ARRAY<STRING>");
  }
}
