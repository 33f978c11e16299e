package dev.graft.api.node;

import static dev.graft.api.node.Nodes.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.Any;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Expression.SortOrder;
import org.apache.spark.connect.proto.Expression.UnresolvedFunction;
import org.apache.spark.connect.proto.Expression.Window.WindowFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionNodeTest {
  private static final ExpressionNode A = column("a");

  private static UnresolvedFunction function(ExpressionNode node) {
    return node.build().getUnresolvedFunction();
  }

  static Stream<Arguments> operators() {
    return Stream.<Map.Entry<String, UnaryOperator<ExpressionNode>>>of(
            Map.entry("==", a -> a.equalTo(1)),
            Map.entry("<=>", a -> a.nullSafeEqualTo(1)),
            Map.entry("<", a -> a.lessThan(1)),
            Map.entry("<=", a -> a.atMost(1)),
            Map.entry(">", a -> a.greaterThan(1)),
            Map.entry(">=", a -> a.atLeast(1)),
            Map.entry("+", a -> a.plus(1)),
            Map.entry("-", a -> a.minus(1)),
            Map.entry("*", a -> a.times(1)),
            Map.entry("/", a -> a.dividedBy(1)),
            Map.entry("%", a -> a.remainder(1)),
            Map.entry("and", a -> a.and(1)),
            Map.entry("or", a -> a.or(1)),
            Map.entry("&", a -> a.bitwiseAnd(1)),
            Map.entry("|", a -> a.bitwiseOr(1)),
            Map.entry("^", a -> a.bitwiseXor(1)),
            Map.entry("like", a -> a.like(1)),
            Map.entry("ilike", a -> a.ilike(1)),
            Map.entry("rlike", a -> a.rlike(1)),
            Map.entry("contains", a -> a.contains(1)),
            Map.entry("startsWith", a -> a.startsWith(1)),
            Map.entry("endsWith", a -> a.endsWith(1)),
            Map.entry("in", a -> a.in(1)))
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operators")
  void anOperatorIsACallOfTheFunctionOfItsName(String name, UnaryOperator<ExpressionNode> apply) {
    assertThat(apply.apply(A)).isEqualTo(Nodes.call(name, A, 1));
  }

  @Test
  void operatorsOfOneSide() {
    assertThat(A.not()).isEqualTo(Nodes.call("not", A));
    assertThat(A.negated()).isEqualTo(Nodes.call("negative", A));
    assertThat(A.isNull()).isEqualTo(Nodes.call("isNull", A));
    assertThat(A.isNotNull()).isEqualTo(Nodes.call("isNotNull", A));
    assertThat(A.isNaN()).isEqualTo(Nodes.call("isNaN", A));
    assertThat(A.notEqualTo(1)).isEqualTo(A.equalTo(1).not());
    assertThat(A.between(1, 2)).isEqualTo(A.atLeast(1).and(A.atMost(2)));
  }

  @Test
  void aStringIsALiteralAndNotAColumn() {
    UnresolvedFunction concat = function(Nodes.call("concat", A, "b"));

    assertThat(concat.getFunctionName()).isEqualTo("concat");
    assertThat(concat.getArguments(0).getUnresolvedAttribute().getUnparsedIdentifier())
        .isEqualTo("a");
    assertThat(concat.getArguments(1).getLiteral().getString()).isEqualTo("b");
  }

  @Test
  void aNameFromAClientIsQuotedSoThatNothingInItIsSyntax() {
    assertThat(Nodes.columnNamed("a.b`c")).isEqualTo(column("`a.b``c`"));
  }

  @Test
  void aGivenExpressionStandsAsItIs() {
    Expression extension =
        Expression.newBuilder().setExtension(Any.newBuilder().setTypeUrl("x/acme.v1.Mask")).build();

    assertThat(Nodes.expressions(List.of(extension)).get(0).build()).isSameAs(extension);
    assertThat(function(Nodes.call("upper", Nodes.expression(extension))).getArguments(0))
        .isEqualTo(extension);
  }

  @Test
  void castsAliasesAndFields() {
    assertThat(A.cast("INT").build().getCast().getTypeStr()).isEqualTo("INT");
    assertThat(A.tryCast("INT").build().getCast().getEvalMode())
        .isEqualTo(Expression.Cast.EvalMode.EVAL_MODE_TRY);
    assertThat(A.as("x").build().getAlias().getNameList()).containsExactly("x");
    assertThat(A.getField("f").build().getUnresolvedExtractValue().getExtraction().getLiteral())
        .isEqualTo(Literals.of("f"));
    assertThat(A.dropField("f").build().getUpdateFields().hasValueExpression()).isFalse();
    assertThat(A.withField("f", 1).build().getUpdateFields().getFieldName()).isEqualTo("f");
  }

  @Test
  void aCaseDistinctionIsOneCallOfWhen() {
    ExpressionNode minor = A.lessThan(18);
    ExpressionNode old = A.atLeast(65);

    assertThat(Nodes.when(minor, "minor").when(old, "senior").otherwise("adult"))
        .isEqualTo(Nodes.call("when", minor, "minor", old, "senior", "adult"));
    assertThat(Nodes.when(minor, 1).otherwiseNull()).isEqualTo(Nodes.call("when", minor, 1));
  }

  @Test
  void aDistinctCountSaysSo() {
    UnresolvedFunction count = function(Aggregates.countDistinct(A, column("b")));

    assertThat(count.getIsDistinct()).isTrue();
    assertThat(count.getArgumentsCount()).isEqualTo(2);
    assertThat(function(Nodes.callRegistered("sales.discount", A)).getIsUserDefinedFunction())
        .isTrue();
  }

  @Test
  void nestedLambdasHaveVariablesOfTheirOwn() {
    ExpressionNode nested = Lambdas.transform(A, x -> Lambdas.filter(A, y -> y.greaterThan(x)));

    Expression.LambdaFunction outer = function(nested).getArguments(1).getLambdaFunction();
    Expression.LambdaFunction inner =
        outer.getFunction().getUnresolvedFunction().getArguments(1).getLambdaFunction();
    UnresolvedFunction comparison = inner.getFunction().getUnresolvedFunction();
    assertThat(outer.getArguments(0)).isNotEqualTo(inner.getArguments(0));
    assertThat(comparison.getArguments(0).getUnresolvedNamedLambdaVariable())
        .isEqualTo(inner.getArguments(0));
    assertThat(comparison.getArguments(1).getUnresolvedNamedLambdaVariable())
        .isEqualTo(outer.getArguments(0));
  }

  @Test
  void nullsComeFirstInAscendingOrderAndLastInDescending() {
    assertThat(A.asc().build().getNullOrdering())
        .isEqualTo(SortOrder.NullOrdering.SORT_NULLS_FIRST);
    assertThat(A.desc().build().getNullOrdering())
        .isEqualTo(SortOrder.NullOrdering.SORT_NULLS_LAST);
    assertThat(A.asc().nullsLast().build().getNullOrdering())
        .isEqualTo(SortOrder.NullOrdering.SORT_NULLS_LAST);
    assertThat(A.desc().nullsFirst().build().getDirection())
        .isEqualTo(SortOrder.SortDirection.SORT_DIRECTION_DESCENDING);
  }

  @Test
  void aRunningSumOverTheLastThreeRows() {
    Expression.Window window =
        Aggregates.sum(A)
            .over(
                Windows.partitionBy(column("customer"))
                    .orderBy(column("day").asc())
                    .rowsBetween(FrameBound.preceding(2), FrameBound.currentRow()))
            .build()
            .getWindow();

    assertThat(window.getWindowFunction()).isEqualTo(Aggregates.sum(A).build());
    assertThat(window.getPartitionSpecList()).containsExactly(column("customer").build());
    assertThat(window.getOrderSpecList()).containsExactly(column("day").asc().build());
    assertThat(window.getFrameSpec().getFrameType())
        .isEqualTo(WindowFrame.FrameType.FRAME_TYPE_ROW);
    assertThat(window.getFrameSpec().getLower().getValue().getLiteral().getInteger()).isEqualTo(-2);
    assertThat(window.getFrameSpec().getUpper().getCurrentRow()).isTrue();
  }

  @Test
  void aRangeMayBeBoundedByAnInterval() {
    WindowFrame frame =
        Aggregates.count()
            .over(
                Windows.orderBy(column("at").asc())
                    .rangeBetween(
                        FrameBound.at(Nodes.literal(Duration.ofDays(-1))), FrameBound.unbounded()))
            .build()
            .getWindow()
            .getFrameSpec();

    assertThat(frame.getFrameType()).isEqualTo(WindowFrame.FrameType.FRAME_TYPE_RANGE);
    assertThat(frame.getLower().getValue().getLiteral().hasDayTimeInterval()).isTrue();
    assertThat(frame.getUpper().getUnbounded()).isTrue();
    assertThat(FrameBound.following(5).ofRange().getValue().getLiteral().getLong()).isEqualTo(5);
  }

  @Test
  void rowsFartherAwayThanSparkCountsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Windows.partitionBy()
                    .rowsBetween(FrameBound.preceding(1L << 40), FrameBound.currentRow()))
        .withMessageContaining("FrameBound.unbounded()");
  }
}
