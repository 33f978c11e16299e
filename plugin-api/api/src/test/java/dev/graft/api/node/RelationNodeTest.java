package dev.graft.api.node;

import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.Aggregate;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Join;
import org.apache.spark.connect.proto.Join.JoinType;
import org.apache.spark.connect.proto.Read;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.RelationCommon;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.SetOperation;
import org.apache.spark.connect.proto.SetOperation.SetOpType;
import org.apache.spark.connect.proto.WriteOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("deprecation") // fields for old servers, which the builder fills
class RelationNodeTest {
  /** A relation as it comes in an extension: with the plan id that the client gave it. */
  private static final RelationNode INPUT =
      Nodes.relation(
          Nodes.table("orders").build().toBuilder()
              .setCommon(RelationCommon.newBuilder().setPlanId(42))
              .build());

  private static final RelationNode OTHER = Nodes.table("customers");

  static Stream<UnaryOperator<RelationNode>> everyMethod() {
    return Stream.of(
        in -> in.select(column("a")),
        in -> in.withColumn("a", Nodes.literal(1)),
        in -> in.drop("a"),
        in -> in.rename("a", "b"),
        in -> in.toDF("a"),
        in -> in.toSchema("a INT"),
        in -> in.filter(column("a")),
        in -> in.sort(column("a").asc()),
        in -> in.sortWithinPartitions(column("a").asc()),
        in -> in.limit(1),
        in -> in.offset(1),
        in -> in.distinct(),
        in -> in.deduplicate("a"),
        in -> in.sample(0.1, 1),
        in -> in.sampleWithReplacement(2, 1),
        in -> in.repartition(2),
        in -> in.coalesce(2),
        in -> in.repartition(2, column("a")),
        in -> in.repartitionBy(column("a")),
        in -> in.alias("t"),
        in -> in.hint("broadcast"),
        in -> in.unpivot(List.of(), List.of(column("a")), "name", "value"),
        in -> in.join(OTHER).using("a"),
        in -> OTHER.crossJoin(in),
        in -> in.groupBy().agg(Aggregates.count()),
        in -> in.union(OTHER),
        in -> OTHER.except(in));
  }

  @ParameterizedTest
  @MethodSource("everyMethod")
  void aGivenRelationStandsInTheResultWithItsPlanId(UnaryOperator<RelationNode> method) {
    Relation result = method.apply(INPUT).build();

    assertThat(result.getRelTypeCase()).isNotEqualTo(Relation.RelTypeCase.RELTYPE_NOT_SET);
    assertThat(result.hasCommon()).isFalse();
    assertThat(inputsOf(result)).contains(INPUT.build());
  }

  private static List<Object> inputsOf(Relation relation) {
    Message node = (Message) relation.getAllFields().values().iterator().next();
    return List.copyOf(node.getAllFields().values());
  }

  @Test
  void aColumnOfAGivenRelationCarriesItsPlanId() {
    Expression.UnresolvedAttribute id = INPUT.column("id").build().getUnresolvedAttribute();

    assertThat(id.getPlanId()).isEqualTo(42);
    assertThatIllegalStateException()
        .isThrownBy(() -> OTHER.column("id"))
        .withMessageContaining("Give it an alias and use Nodes.column(\"alias.id\")");
  }

  @Test
  void reads() {
    Read.DataSource source =
        Nodes.read("csv")
            .schema("id BIGINT")
            .option("header", "true")
            .load("/data/a", "/data/b")
            .build()
            .getRead()
            .getDataSource();

    assertThat(source.getFormat()).isEqualTo("csv");
    assertThat(source.getSchema()).isEqualTo("id BIGINT");
    assertThat(source.getOptionsMap()).containsExactly(Map.entry("header", "true"));
    assertThat(source.getPathsList()).containsExactly("/data/a", "/data/b");
    assertThat(INPUT.build().getRead().getNamedTable().getUnparsedIdentifier()).isEqualTo("orders");
  }

  @Test
  void literalsForSqlGoWhereOldServersLookForThem() {
    SQL old = Nodes.sql("SELECT :a", Map.of("a", 1)).build().getSql();
    SQL recent = Nodes.sql("SELECT :a", Map.of("a", Nodes.call("now"))).build().getSql();
    SQL inOrder = Nodes.sql("SELECT ?, ?", List.of(1, "x")).build().getSql();

    assertThat(old.getArgsMap()).containsExactly(Map.entry("a", Literals.of(1)));
    assertThat(old.getNamedArgumentsMap()).isEmpty();
    assertThat(recent.getNamedArgumentsMap()).containsKey("a");
    assertThat(inOrder.getPosArgsList()).containsExactly(Literals.of(1), Literals.of("x"));
  }

  @Test
  void rowsAreInlinedFromOneRowOfARange() {
    RelationNode rows = Nodes.rows("id BIGINT, name STRING", row(1L, "a"), row(2, null));

    assertThat(rows)
        .isEqualTo(
            Nodes.range(1)
                .select(
                    Nodes.call(
                        "inline",
                        Nodes.call(
                            "array",
                            Nodes.call("named_struct", "column0", 1L, "column1", "a")
                                .cast("STRUCT<id BIGINT, name STRING>"),
                            Nodes.call("named_struct", "column0", 2, "column1", null)
                                .cast("STRUCT<id BIGINT, name STRING>")))));
  }

  @Test
  void noRowsAreALocalRelationWithNothingButItsSchema() {
    assertThat(Nodes.rows("id BIGINT").build().getLocalRelation().getSchema())
        .isEqualTo("id BIGINT");
  }

  @Test
  void rowsOfDifferentLengthsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Nodes.rows("a INT, b INT", row(1, 2), row(3)))
        .withMessage(
            "Row 1 has 1 values and the first row has 2. Give every row one value for each column"
                + " of the schema 'a INT, b INT'.");
  }

  @Test
  void newColumnsKeepTheMapsOrder() {
    Map<String, ExpressionNode> columns = new LinkedHashMap<>();
    columns.put("z", Nodes.literal(1));
    columns.put("a", Nodes.literal(2));

    assertThat(INPUT.withColumns(columns).build().getWithColumns().getAliasesList())
        .extracting(alias -> alias.getName(0))
        .containsExactly("z", "a");
  }

  static Stream<Arguments> kindsOfJoin() {
    return Stream.<Map.Entry<JoinType, UnaryOperator<JoinClause>>>of(
            Map.entry(JoinType.JOIN_TYPE_INNER, join -> join),
            Map.entry(JoinType.JOIN_TYPE_INNER, join -> join.left().inner()),
            Map.entry(JoinType.JOIN_TYPE_LEFT_OUTER, JoinClause::left),
            Map.entry(JoinType.JOIN_TYPE_RIGHT_OUTER, JoinClause::right),
            Map.entry(JoinType.JOIN_TYPE_FULL_OUTER, JoinClause::full),
            Map.entry(JoinType.JOIN_TYPE_LEFT_SEMI, JoinClause::semi),
            Map.entry(JoinType.JOIN_TYPE_LEFT_ANTI, JoinClause::anti))
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kindsOfJoin")
  void joinsByConditionAndByColumns(JoinType type, UnaryOperator<JoinClause> kind) {
    ExpressionNode condition = column("orders.c").equalTo(column("customers.id"));

    Join on = kind.apply(INPUT.join(OTHER)).on(condition).build().getJoin();
    Join using = kind.apply(INPUT.join(OTHER)).using("id").build().getJoin();

    assertThat(on.getJoinType()).isEqualTo(type);
    assertThat(on.getJoinCondition()).isEqualTo(condition.build());
    assertThat(using.getJoinType()).isEqualTo(type);
    assertThat(using.getUsingColumnsList()).containsExactly("id");
  }

  @Test
  void aCrossJoinHasNoCondition() {
    Join join = INPUT.crossJoin(OTHER).build().getJoin();

    assertThat(join.getJoinType()).isEqualTo(JoinType.JOIN_TYPE_CROSS);
    assertThat(join.hasJoinCondition()).isFalse();
  }

  static Stream<Arguments> setOperations() {
    return Stream.of(
        setOperation(RelationNode::union, SetOpType.SET_OP_TYPE_UNION, true),
        setOperation(RelationNode::intersect, SetOpType.SET_OP_TYPE_INTERSECT, false),
        setOperation(RelationNode::intersectAll, SetOpType.SET_OP_TYPE_INTERSECT, true),
        setOperation(RelationNode::except, SetOpType.SET_OP_TYPE_EXCEPT, false),
        setOperation(RelationNode::exceptAll, SetOpType.SET_OP_TYPE_EXCEPT, true));
  }

  private static Arguments setOperation(
      BiFunction<RelationNode, RelationNode, RelationNode> method, SetOpType type, boolean all) {
    return Arguments.of(method, type, all);
  }

  @ParameterizedTest(name = "{1} {2}")
  @MethodSource("setOperations")
  void setOperationsSayWhetherRowsMayComeTwice(
      BiFunction<RelationNode, RelationNode, RelationNode> method, SetOpType type, boolean all) {
    SetOperation operation = method.apply(INPUT, OTHER).build().getSetOp();

    assertThat(operation.getSetOpType()).isEqualTo(type);
    assertThat(operation.getIsAll()).isEqualTo(all);
    assertThat(operation.getByName()).isFalse();
  }

  @Test
  void aUnionByNameMayFillMissingColumns() {
    SetOperation union = INPUT.unionByName(OTHER, true).build().getSetOp();

    assertThat(union.getByName()).isTrue();
    assertThat(union.getAllowMissingColumns()).isTrue();
  }

  @Test
  void groupsRollupsCubesAndPivots() {
    ExpressionNode country = column("country");
    ExpressionNode sum = Aggregates.sum(column("amount"));

    Aggregate groups = INPUT.groupBy(country).agg(sum).build().getAggregate();
    Aggregate pivot =
        INPUT.groupBy(country).pivot(column("year"), 2025, 2026).agg(sum).build().getAggregate();

    assertThat(groups.getGroupType()).isEqualTo(Aggregate.GroupType.GROUP_TYPE_GROUPBY);
    assertThat(groups.getGroupingExpressionsList()).containsExactly(country.build());
    assertThat(groups.getAggregateExpressionsList()).containsExactly(sum.build());
    assertThat(INPUT.rollup(country).agg(sum).build().getAggregate().getGroupType())
        .isEqualTo(Aggregate.GroupType.GROUP_TYPE_ROLLUP);
    assertThat(INPUT.cube(country).agg(sum).build().getAggregate().getGroupType())
        .isEqualTo(Aggregate.GroupType.GROUP_TYPE_CUBE);
    assertThat(pivot.getGroupType()).isEqualTo(Aggregate.GroupType.GROUP_TYPE_PIVOT);
    assertThat(pivot.getPivot().getValuesList())
        .containsExactly(Literals.of(2025), Literals.of(2026));
    assertThatIllegalStateException().isThrownBy(() -> INPUT.cube(country).pivot(country));
  }

  @Test
  void commands() {
    Command view = CommandNodes.createTempView("v", INPUT);
    WriteOperation write =
        CommandNodes.write(INPUT)
            .format("parquet")
            .overwrite()
            .option("compression", "zstd")
            .partitionBy("day")
            .toPath("/data/out")
            .getWriteOperation();

    assertThat(view.getCreateDataframeView().getInput()).isEqualTo(INPUT.build());
    assertThat(view.getCreateDataframeView().getReplace()).isTrue();
    assertThat(write.getMode()).isEqualTo(WriteOperation.SaveMode.SAVE_MODE_OVERWRITE);
    assertThat(write.getPath()).isEqualTo("/data/out");
    assertThat(write.getPartitioningColumnsList()).containsExactly("day");
    assertThat(
            CommandNodes.sql("INSERT INTO t SELECT :a", Map.of("a", 1))
                .getSqlCommand()
                .getArgsMap())
        .containsKey("a");
    assertThat(CommandNodes.write(INPUT).asTable("t").getWriteOperation().getTable().getTableName())
        .isEqualTo("t");
  }
}
