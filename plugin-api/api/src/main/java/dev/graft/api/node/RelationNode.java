package dev.graft.api.node;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Deduplicate;
import org.apache.spark.connect.proto.Drop;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Filter;
import org.apache.spark.connect.proto.Hint;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Offset;
import org.apache.spark.connect.proto.Project;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.Repartition;
import org.apache.spark.connect.proto.RepartitionByExpression;
import org.apache.spark.connect.proto.Sample;
import org.apache.spark.connect.proto.SetOperation;
import org.apache.spark.connect.proto.SetOperation.SetOpType;
import org.apache.spark.connect.proto.Sort;
import org.apache.spark.connect.proto.SubqueryAlias;
import org.apache.spark.connect.proto.ToDF;
import org.apache.spark.connect.proto.ToSchema;
import org.apache.spark.connect.proto.Unpivot;
import org.apache.spark.connect.proto.WithColumns;
import org.apache.spark.connect.proto.WithColumnsRenamed;
import org.jspecify.annotations.Nullable;

/**
 * A relation.
 *
 * <p>Servers of all lines analyze the whole input of {@link #withColumn}, {@link #withColumns},
 * {@link #drop}, {@link #rename}, {@link #toDF} and {@link #toSchema} while they read the plan, and
 * once more with what is above it. Over a small input that costs nothing worth saving; over a large
 * plan, or one above the other, it adds up: {@link #select} with {@link Nodes#star} adds columns
 * without it.
 *
 * @param build the Connect node
 */
public record RelationNode(Relation build) {
  public RelationNode {
    Objects.requireNonNull(build, "build");
  }

  private static Relation.Builder wrap() {
    return Relation.newBuilder();
  }

  private static RelationNode of(Relation.Builder relation) {
    return new RelationNode(relation.build());
  }

  /**
   * A column of this very relation, which tells it from a column of the same name in another one,
   * for example in a join of a table with itself.
   *
   * @throws IllegalStateException if the relation has no plan id, which the client gives; then an
   *     {@link #alias} can tell columns apart
   */
  public ExpressionNode column(String identifier) {
    if (!build.getCommon().hasPlanId()) {
      throw new IllegalStateException(
          "The relation has no plan id, so no column can be bound to it. Give it an alias and use"
              + " Nodes.column(\"alias."
              + identifier
              + "\").");
    }
    return Nodes.attribute(
        Expression.UnresolvedAttribute.newBuilder()
            .setUnparsedIdentifier(identifier)
            .setPlanId(build.getCommon().getPlanId())
            .build());
  }

  /** These columns and no others. */
  public RelationNode select(ExpressionNode... columns) {
    return select(List.of(columns));
  }

  /** These columns and no others. */
  public RelationNode select(List<ExpressionNode> columns) {
    Project.Builder project = Project.newBuilder().setInput(build);
    columns.forEach(column -> project.addExpressions(column.build()));
    return of(wrap().setProject(project));
  }

  /**
   * With a column added at the end, or replaced in its place. A server analyses what is below as
   * soon as it plans; {@code select(star(), value.as(name))} adds a column without that.
   */
  public RelationNode withColumn(String name, ExpressionNode value) {
    return withColumns(Map.of(name, value));
  }

  /** With columns added at the end, in the map's order, or replaced in their places. */
  public RelationNode withColumns(Map<String, ExpressionNode> columns) {
    WithColumns.Builder with = WithColumns.newBuilder().setInput(build);
    columns.forEach((name, value) -> with.addAliases(value.as(name).build().getAlias()));
    return of(wrap().setWithColumns(with));
  }

  /**
   * Without the columns of these names; a name that no column has is ignored. Spark analyses what
   * is below as soon as it plans, see {@link Nodes#starWithout}.
   */
  public RelationNode drop(String... names) {
    return of(
        wrap().setDrop(Drop.newBuilder().setInput(build).addAllColumnNames(Arrays.asList(names))));
  }

  /** With another name for a column. */
  public RelationNode rename(String name, String newName) {
    return rename(Map.of(name, newName));
  }

  /** With other names for columns: old name to new. */
  @SuppressWarnings("deprecation") // the field that replaces the map came with Spark 4.0
  public RelationNode rename(Map<String, String> names) {
    return of(
        wrap()
            .setWithColumnsRenamed(
                WithColumnsRenamed.newBuilder().setInput(build).putAllRenameColumnsMap(names)));
  }

  /** With new names for all columns, in order. */
  public RelationNode toDF(String... names) {
    return of(
        wrap().setToDf(ToDF.newBuilder().setInput(build).addAllColumnNames(Arrays.asList(names))));
  }

  /** The columns of this schema, found by name and cast where nothing is lost by it. */
  public RelationNode toSchema(String ddl) {
    DataType.Unparsed unparsed = DataType.Unparsed.newBuilder().setDataTypeString(ddl).build();
    DataType type = DataType.newBuilder().setUnparsed(unparsed).build();
    return of(wrap().setToSchema(ToSchema.newBuilder().setInput(build).setSchema(type)));
  }

  /** The rows for which the condition holds. */
  public RelationNode filter(ExpressionNode condition) {
    return of(
        wrap().setFilter(Filter.newBuilder().setInput(build).setCondition(condition.build())));
  }

  /** All rows, in this order. */
  public RelationNode sort(OrderNode... order) {
    return sort(List.of(order));
  }

  /** All rows, in this order. */
  public RelationNode sort(List<OrderNode> order) {
    return sort(order, true);
  }

  /** The rows of each partition, in this order. */
  public RelationNode sortWithinPartitions(OrderNode... order) {
    return sort(List.of(order), false);
  }

  private RelationNode sort(List<OrderNode> order, boolean global) {
    Sort.Builder sort = Sort.newBuilder().setInput(build).setIsGlobal(global);
    order.forEach(one -> sort.addOrder(one.build()));
    return of(wrap().setSort(sort));
  }

  /** The first rows, at most this many. */
  public RelationNode limit(int rows) {
    return of(wrap().setLimit(Limit.newBuilder().setInput(build).setLimit(rows)));
  }

  /** Without the first rows. */
  public RelationNode offset(int rows) {
    return of(wrap().setOffset(Offset.newBuilder().setInput(build).setOffset(rows)));
  }

  /** Every row once. */
  public RelationNode distinct() {
    return of(
        wrap().setDeduplicate(Deduplicate.newBuilder().setInput(build).setAllColumnsAsKeys(true)));
  }

  /** One row, whichever it is, for every combination of these columns. */
  public RelationNode deduplicate(String... columns) {
    return of(
        wrap()
            .setDeduplicate(
                Deduplicate.newBuilder()
                    .setInput(build)
                    .addAllColumnNames(Arrays.asList(columns))));
  }

  /**
   * About this fraction of the rows, none of them twice.
   *
   * @param fraction from 0 to 1
   * @param seed the same seed on the same partitions gives the same rows
   */
  public RelationNode sample(double fraction, long seed) {
    return sample(fraction, seed, false);
  }

  /**
   * About {@code fraction} times as many rows; a row may come several times. See {@link #sample}.
   */
  public RelationNode sampleWithReplacement(double fraction, long seed) {
    return sample(fraction, seed, true);
  }

  private RelationNode sample(double fraction, long seed, boolean withReplacement) {
    return of(
        wrap()
            .setSample(
                Sample.newBuilder()
                    .setInput(build)
                    .setUpperBound(fraction)
                    .setWithReplacement(withReplacement)
                    .setSeed(seed)));
  }

  /** The rows, spread evenly over this many partitions. */
  public RelationNode repartition(int partitions) {
    return repartition(partitions, true);
  }

  /** The rows, brought together into at most this many partitions without a shuffle. */
  public RelationNode coalesce(int partitions) {
    return repartition(partitions, false);
  }

  private RelationNode repartition(int partitions, boolean shuffle) {
    return of(
        wrap()
            .setRepartition(
                Repartition.newBuilder()
                    .setInput(build)
                    .setNumPartitions(partitions)
                    .setShuffle(shuffle)));
  }

  /**
   * The rows in this many partitions; rows for which these expressions are equal are in the same
   * one.
   */
  public RelationNode repartition(int partitions, ExpressionNode... by) {
    return of(wrap().setRepartitionByExpression(partitionedBy(by).setNumPartitions(partitions)));
  }

  /**
   * The rows in as many partitions as the session says; rows for which these expressions are equal
   * are in the same one.
   */
  public RelationNode repartitionBy(ExpressionNode... by) {
    return of(wrap().setRepartitionByExpression(partitionedBy(by)));
  }

  private RepartitionByExpression.Builder partitionedBy(ExpressionNode... by) {
    RepartitionByExpression.Builder repartition =
        RepartitionByExpression.newBuilder().setInput(build);
    List.of(by).forEach(expression -> repartition.addPartitionExprs(expression.build()));
    return repartition;
  }

  /** Under a name, so that a column can be called {@code name.column}. */
  public RelationNode alias(String name) {
    return of(wrap().setSubqueryAlias(SubqueryAlias.newBuilder().setInput(build).setAlias(name)));
  }

  /**
   * With a hint to the optimizer, for example {@code broadcast}.
   *
   * @param parameters expressions, or values that {@link Nodes#literal} takes
   */
  public RelationNode hint(String name, @Nullable Object... parameters) {
    Hint.Builder hint = Hint.newBuilder().setInput(build).setName(name);
    Nodes.expressionsOf(Arrays.asList(parameters))
        .forEach(parameter -> hint.addParameters(parameter.build()));
    return of(wrap().setHint(hint));
  }

  /**
   * Columns turned into rows: for each of the values a row with its column's name and the value.
   *
   * @param ids the columns that stay
   * @param values the columns to turn, of types that have one in common
   */
  public RelationNode unpivot(
      List<ExpressionNode> ids,
      List<ExpressionNode> values,
      String nameColumn,
      String valueColumn) {
    Unpivot.Values.Builder turned = Unpivot.Values.newBuilder();
    values.forEach(value -> turned.addValues(value.build()));
    Unpivot.Builder unpivot =
        Unpivot.newBuilder()
            .setInput(build)
            .setValues(turned)
            .setVariableColumnName(nameColumn)
            .setValueColumnName(valueColumn);
    ids.forEach(id -> unpivot.addIds(id.build()));
    return of(wrap().setUnpivot(unpivot));
  }

  /** Starts a join with another relation, an inner one unless said otherwise. */
  public JoinClause join(RelationNode right) {
    return JoinClause.of(this, right);
  }

  /** Every row of this one with every row of the other. */
  public RelationNode crossJoin(RelationNode right) {
    return JoinClause.cross(this, right);
  }

  /** Starts an aggregation by each distinct combination; with none, of all rows. */
  public Grouping groupBy(ExpressionNode... by) {
    return groupBy(List.of(by));
  }

  /** Starts an aggregation by each distinct combination; with none, of all rows. */
  public Grouping groupBy(List<ExpressionNode> by) {
    return Grouping.by(this, by);
  }

  /** Starts an aggregation by each combination, and by its beginnings down to all rows. */
  public Grouping rollup(ExpressionNode... by) {
    return Grouping.rollup(this, List.of(by));
  }

  /** Starts an aggregation by each combination, and by all parts of it down to all rows. */
  public Grouping cube(ExpressionNode... by) {
    return Grouping.cube(this, List.of(by));
  }

  /** The rows of both, columns matched by their place; rows that come twice stay twice. */
  public RelationNode union(RelationNode other) {
    return setOperation(operation(SetOpType.SET_OP_TYPE_UNION, other, true));
  }

  /**
   * The rows of both, columns matched by name; rows that come twice stay twice.
   *
   * @param allowMissing whether a column that one side lacks is null there, and not an error
   */
  public RelationNode unionByName(RelationNode other, boolean allowMissing) {
    return setOperation(
        operation(SetOpType.SET_OP_TYPE_UNION, other, true)
            .setByName(true)
            .setAllowMissingColumns(allowMissing));
  }

  /** The rows that are in both, each once. */
  public RelationNode intersect(RelationNode other) {
    return setOperation(operation(SetOpType.SET_OP_TYPE_INTERSECT, other, false));
  }

  /** The rows that are in both, as often as in the one that has them less often. */
  public RelationNode intersectAll(RelationNode other) {
    return setOperation(operation(SetOpType.SET_OP_TYPE_INTERSECT, other, true));
  }

  /** The rows that the other one does not have, each once. */
  public RelationNode except(RelationNode other) {
    return setOperation(operation(SetOpType.SET_OP_TYPE_EXCEPT, other, false));
  }

  /** The rows, less as many as the other one has of each. */
  public RelationNode exceptAll(RelationNode other) {
    return setOperation(operation(SetOpType.SET_OP_TYPE_EXCEPT, other, true));
  }

  private SetOperation.Builder operation(SetOpType type, RelationNode other, boolean all) {
    return SetOperation.newBuilder()
        .setLeftInput(build)
        .setRightInput(other.build)
        .setSetOpType(type)
        .setIsAll(all);
  }

  private static RelationNode setOperation(SetOperation.Builder operation) {
    return of(wrap().setSetOp(operation));
  }
}
