package dev.graft.api.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.LocalRelation;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Read;
import org.apache.spark.connect.proto.Relation;
import org.jspecify.annotations.Nullable;

/**
 * Where relations and expressions start. Meant to be imported statically where that reads better.
 */
public final class Nodes {
  private Nodes() {}

  /** A given relation, unchanged, with its plan id. */
  public static RelationNode relation(Relation relation) {
    return new RelationNode(relation);
  }

  /** A given expression, unchanged. */
  public static ExpressionNode expression(Expression expression) {
    return new ExpressionNode(expression);
  }

  /** Given expressions, unchanged. */
  public static List<ExpressionNode> expressions(List<Expression> expressions) {
    return expressions.stream().map(Nodes::expression).toList();
  }

  /** A table or view, by the name that SQL would use, for example {@code sales.orders}. */
  public static RelationNode table(String name) {
    Read.NamedTable table = Read.NamedTable.newBuilder().setUnparsedIdentifier(name).build();
    return relation(Relation.newBuilder().setRead(Read.newBuilder().setNamedTable(table)).build());
  }

  /** Starts a read of a data source, for example {@code parquet} or {@code jdbc}. */
  public static DataSource read(String format) {
    return new DataSource(format);
  }

  /** The result of a SQL query. The text must not be put together from what a client sent. */
  public static RelationNode sql(String query) {
    return sql(query, Map.of());
  }

  /**
   * The result of a SQL query with arguments for its {@code :name} markers. Literals are understood
   * since Spark 3.4, other expressions since Spark 4.0.
   *
   * @param arguments expressions, or values that {@link #literal} takes
   */
  public static RelationNode sql(String query, Map<String, ?> arguments) {
    return relation(Relation.newBuilder().setSql(SqlText.query(query, arguments)).build());
  }

  /**
   * The result of a SQL query with arguments for its {@code ?} markers, in order. Literals are
   * understood since Spark 3.5, other expressions since Spark 4.0.
   *
   * @param arguments expressions, or values that {@link #literal} takes
   */
  public static RelationNode sql(String query, List<?> arguments) {
    return relation(Relation.newBuilder().setSql(SqlText.query(query, arguments)).build());
  }

  /** One column {@code id BIGINT} that counts from 0 to {@code end}, exclusive. */
  public static RelationNode range(long end) {
    return range(0, end, 1);
  }

  /**
   * One column {@code id BIGINT} that counts from {@code start} to {@code end}, exclusive.
   *
   * @param step the distance between two rows; not 0
   */
  public static RelationNode range(long start, long end, long step) {
    if (step == 0) {
      throw new IllegalArgumentException("The step of a range is 0. Give a distance other than 0.");
    }
    return relation(
        Relation.newBuilder()
            .setRange(Range.newBuilder().setStart(start).setEnd(end).setStep(step))
            .build());
  }

  /**
   * Rows that stand in the plan itself. Each value is cast to its column's type. Meant for tens or
   * hundreds of rows: every row is part of the plan that the server analyses.
   *
   * @param schema the columns as DDL, for example {@code id BIGINT, name STRING}; without {@code
   *     NOT NULL}
   * @param rows made by {@link #row}; may be empty
   */
  public static RelationNode rows(String schema, List<Row> rows) {
    return rows.isEmpty() ? noRows(schema) : Row.inline(schema, rows);
  }

  /** See {@link #rows(String, List)}. */
  public static RelationNode rows(String schema, Row... rows) {
    return rows(schema, List.of(rows));
  }

  /** A row for {@link #rows}, from expressions or values that {@link #literal} takes. */
  public static Row row(@Nullable Object... values) {
    return new Row(expressionsOf(Arrays.asList(values)));
  }

  private static RelationNode noRows(String schema) {
    return relation(
        Relation.newBuilder()
            .setLocalRelation(LocalRelation.newBuilder().setSchema(schema))
            .build());
  }

  /**
   * A column by an identifier that Spark parses: dots reach into structs, backticks quote. For a
   * name that came from a client {@link #columnNamed} is safer.
   */
  public static ExpressionNode column(String identifier) {
    return attribute(
        Expression.UnresolvedAttribute.newBuilder().setUnparsedIdentifier(identifier).build());
  }

  /** Columns by identifiers that Spark parses, see {@link #column}. */
  public static List<ExpressionNode> columns(Iterable<String> identifiers) {
    List<ExpressionNode> columns = new ArrayList<>();
    identifiers.forEach(identifier -> columns.add(column(identifier)));
    return List.copyOf(columns);
  }

  /** The column that has exactly this name, whatever characters are in it. */
  public static ExpressionNode columnNamed(String name) {
    return column(quote(name));
  }

  static String quote(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  static ExpressionNode attribute(Expression.UnresolvedAttribute attribute) {
    return expression(Expression.newBuilder().setUnresolvedAttribute(attribute).build());
  }

  /** All columns. */
  public static ExpressionNode star() {
    return expression(
        Expression.newBuilder()
            .setUnresolvedStar(Expression.UnresolvedStar.getDefaultInstance())
            .build());
  }

  /**
   * All columns but those of these names, of which there need not be any; upper and lower case
   * count as they do for the server's session. For names that a plugin makes, since the expression
   * grows with them.
   *
   * <p>Spark's planner analyses what is below a {@link RelationNode#drop} at once, and then neither
   * knows subqueries in it nor answers an extension again when a view has changed. A selection is
   * analysed with the rest of the plan.
   */
  public static ExpressionNode starWithout(String... names) {
    return expression(
        Expression.newBuilder()
            .setUnresolvedRegex(
                Expression.UnresolvedRegex.newBuilder()
                    .setColName("`" + OtherNames.than(List.of(names)) + "`"))
            .build());
  }

  /** All columns of an alias, or all fields of a struct, for example {@code orders}. */
  public static ExpressionNode starOf(String identifier) {
    return expression(
        Expression.newBuilder()
            .setUnresolvedStar(
                Expression.UnresolvedStar.newBuilder().setUnparsedTarget(identifier + ".*"))
            .build());
  }

  /**
   * A value as an expression: an {@link ExpressionNode} is returned as it is, a {@code List}
   * becomes an array and a {@code Map} a map, and every other value the literal that {@link
   * Literals#of} makes of it. A string is a string, not a column.
   *
   * <p>Arrays and maps are calls of {@code array} and {@code map}, since Spark 3.4 knows no map
   * literals and none with nulls in them.
   *
   * @throws IllegalArgumentException if there is no literal for the value's class
   */
  public static ExpressionNode literal(@Nullable Object value) {
    if (value instanceof ExpressionNode node) {
      return node;
    }
    if (value instanceof List<?> elements) {
      return call("array", expressionsOf(elements));
    }
    if (value instanceof Map<?, ?> entries) {
      List<ExpressionNode> keysAndValues = new ArrayList<>();
      entries.forEach(
          (key, element) -> {
            keysAndValues.add(literal(key));
            keysAndValues.add(literal(element));
          });
      return call("map", keysAndValues);
    }
    return expression(Expression.newBuilder().setLiteral(Literals.of(value)).build());
  }

  /** A null of a type, for example {@code DECIMAL(10, 2)}. */
  public static ExpressionNode nullOf(String type) {
    return literal(null).cast(type);
  }

  /**
   * A call of one of Spark's functions or operators, for example {@code upper} or {@code <=>}.
   *
   * @param arguments expressions, or values that {@link #literal} takes
   */
  public static ExpressionNode call(String function, @Nullable Object... arguments) {
    return call(function, expressionsOf(Arrays.asList(arguments)));
  }

  /** A call of one of Spark's functions or operators. */
  public static ExpressionNode call(String function, List<ExpressionNode> arguments) {
    return function(function(function, arguments));
  }

  /** A call of an aggregate function on the distinct values of its arguments. */
  public static ExpressionNode callDistinct(String function, @Nullable Object... arguments) {
    return function(
        function(function, expressionsOf(Arrays.asList(arguments))).setIsDistinct(true));
  }

  /**
   * A call of a function that somebody registered in the session or the catalog.
   *
   * @param function the name that SQL would use, for example {@code sales.discount}
   * @param arguments expressions, or values that {@link #literal} takes
   */
  public static ExpressionNode callRegistered(String function, @Nullable Object... arguments) {
    return function(
        function(function, expressionsOf(Arrays.asList(arguments))).setIsUserDefinedFunction(true));
  }

  private static Expression.UnresolvedFunction.Builder function(
      String name, List<ExpressionNode> arguments) {
    Expression.UnresolvedFunction.Builder function =
        Expression.UnresolvedFunction.newBuilder().setFunctionName(name);
    arguments.forEach(argument -> function.addArguments(argument.build()));
    return function;
  }

  private static ExpressionNode function(Expression.UnresolvedFunction.Builder function) {
    return expression(Expression.newBuilder().setUnresolvedFunction(function).build());
  }

  /** An expression in SQL. The text must not be put together from what a client sent. */
  public static ExpressionNode sqlExpression(String text) {
    return expression(
        Expression.newBuilder()
            .setExpressionString(Expression.ExpressionString.newBuilder().setExpression(text))
            .build());
  }

  /**
   * Starts a case distinction: where the condition holds, the value.
   *
   * @param value an expression, or a value that {@link #literal} takes
   */
  public static CaseWhen when(ExpressionNode condition, @Nullable Object value) {
    return new CaseWhen(List.of(condition, literal(value)));
  }

  static List<ExpressionNode> expressionsOf(List<? extends @Nullable Object> values) {
    return values.stream().map(Nodes::literal).toList();
  }
}
