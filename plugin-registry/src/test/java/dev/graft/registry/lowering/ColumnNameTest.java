package dev.graft.registry.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.spi.Extension;
import java.util.List;
import org.apache.spark.connect.proto.Aggregate;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Filter;
import org.apache.spark.connect.proto.Project;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Relation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Columns that consist of extensions are named as columns that consist of functions. */
class ColumnNameTest {
  private static final Relation INPUT =
      Relation.newBuilder().setRange(Range.newBuilder().setEnd(3).setStep(1)).build();

  private final Lowering lowering = new Lowering(LoweringTable.ofConnect());
  private Expression answer = function("concat", attribute("a"), literal("*"));

  /** Answers all, and calls each "mask" with its value as argument. */
  private final Expander masks =
      new Expander() {
        @Override
        public Expansion expand(Extension extension) {
          return new Expansion.Replace(answer.toByteArray());
        }

        @Override
        public @Nullable Call call(Extension extension) {
          byte[] argument = new byte[extension.value().remaining()];
          extension.value().duplicate().get(argument);
          return new Call("mask", List.of(argument));
        }
      };

  @Test
  void columnsWithExtensionsAreNamedAndOthersLeftAlone() throws InvalidProtocolBufferException {
    Expression alias =
        Expression.newBuilder()
            .setAlias(Expression.Alias.newBuilder().setExpr(mask(attribute("a"))).addName("own"))
            .build();

    Project lowered =
        lower(
            attribute("a"),
            mask(attribute("phone")),
            mask(mask(attribute("phone"))),
            function("concat", mask(attribute("g")), literal("!")),
            mask(function("+", attribute("n"), number(1))),
            function("==", mask(attribute("n")), number(-1)),
            alias,
            function("upper", attribute("a")));

    assertThat(lowered.getExpressionsList())
        .containsExactly(
            attribute("a"),
            named("mask(phone)", answer),
            named("mask(mask(phone))", answer),
            named("concat(mask(g), !)", function("concat", answer, literal("!"))),
            named("mask((n + 1))", answer),
            named("(mask(n) = -1)", function("==", answer, number(-1))),
            alias.toBuilder().setAlias(alias.getAlias().toBuilder().setExpr(answer)).build(),
            function("upper", attribute("a")));
  }

  @Test
  void groupsAndAggregatesAreNamed() throws InvalidProtocolBufferException {
    Relation plan =
        Relation.newBuilder()
            .setAggregate(
                Aggregate.newBuilder()
                    .setInput(INPUT)
                    .addGroupingExpressions(mask(attribute("g")))
                    .addAggregateExpressions(function("max", mask(attribute("n")))))
            .build();

    Aggregate lowered = Relation.parseFrom(lower(plan)).getAggregate();

    assertThat(lowered.getGroupingExpressionsList()).containsExactly(named("mask(g)", answer));
    assertThat(lowered.getAggregateExpressionsList())
        .containsExactly(named("max(mask(n))", function("max", answer)));
  }

  @Test
  void whatIsNoColumnIsNotNamed() throws InvalidProtocolBufferException {
    Relation plan =
        Relation.newBuilder()
            .setFilter(Filter.newBuilder().setInput(INPUT).setCondition(mask(attribute("a"))))
            .build();

    assertThat(Relation.parseFrom(lower(plan)).getFilter().getCondition()).isEqualTo(answer);
  }

  @Test
  void anAnswerThatHasANameOrMakesSeveralColumnsKeepsThem() throws InvalidProtocolBufferException {
    for (Expression own :
        List.of(
            named("own", attribute("a")),
            function("posexplode", attribute("a")),
            Expression.newBuilder()
                .setUnresolvedStar(Expression.UnresolvedStar.getDefaultInstance())
                .build())) {
      answer = own;

      assertThat(lower(mask(attribute("a"))).getExpressionsList()).containsExactly(own);
    }
  }

  @Test
  void whatSparkCallsOtherwiseOrNobodyReadsIsLeftToSpark() throws InvalidProtocolBufferException {
    Expression cast =
        Expression.newBuilder()
            .setCast(Expression.Cast.newBuilder().setExpr(attribute("a")).setTypeStr("int"))
            .build();

    assertThat(lower(mask(cast), mask(attribute("x".repeat(2_000)))).getExpressionsList())
        .containsExactly(answer, answer);
  }

  @Test
  void answersInsideOneAnotherStayOneColumn() throws InvalidProtocolBufferException {
    Expression last = answer;
    Expression[] next = {mask(attribute("b")), last};
    int[] asked = {0};
    Expander chain =
        new Expander() {
          @Override
          public Expansion expand(Extension extension) {
            return new Expansion.Replace(next[asked[0]++].toByteArray());
          }

          @Override
          public @Nullable Call call(Extension extension) {
            return masks.call(extension);
          }
        };
    byte[] plan = select(mask(attribute("a"))).toByteArray();

    byte[] lowered =
        lowering.lower(
            ConnectType.RELATION, plan, chain, new ExpansionBudget(ExpansionLimits.DEFAULT));

    assertThat(Relation.parseFrom(lowered).getProject().getExpressionsList())
        .containsExactly(named("mask(a)", last));
  }

  private Project lower(Expression... columns) throws InvalidProtocolBufferException {
    Project lowered = Relation.parseFrom(lower(select(columns))).getProject();
    assertThat(lowered.getInput()).isEqualTo(INPUT);
    return lowered;
  }

  private byte[] lower(Relation plan) {
    return lowering.lower(
        ConnectType.RELATION,
        plan.toByteArray(),
        masks,
        new ExpansionBudget(ExpansionLimits.DEFAULT));
  }

  private static Relation select(Expression... columns) {
    return Relation.newBuilder()
        .setProject(Project.newBuilder().addAllExpressions(List.of(columns)).setInput(INPUT))
        .build();
  }

  private static Expression mask(Expression argument) {
    return Expression.newBuilder()
        .setExtension(
            Any.newBuilder()
                .setTypeUrl("type.googleapis.com/acme.v1.Mask")
                .setValue(ByteString.copyFrom(argument.toByteArray())))
        .build();
  }

  private static Expression named(String name, Expression expression) {
    return Expression.newBuilder()
        .setAlias(
            Expression.Alias.newBuilder()
                .setExpr(expression)
                .addName(name)
                .setMetadata("{\"__autoGeneratedAlias\":\"true\"}"))
        .build();
  }

  private static Expression function(String name, Expression... arguments) {
    return Expression.newBuilder()
        .setUnresolvedFunction(
            Expression.UnresolvedFunction.newBuilder()
                .setFunctionName(name)
                .addAllArguments(List.of(arguments)))
        .build();
  }

  private static Expression attribute(String name) {
    return Expression.newBuilder()
        .setUnresolvedAttribute(
            Expression.UnresolvedAttribute.newBuilder().setUnparsedIdentifier(name))
        .build();
  }

  private static Expression literal(String text) {
    return Expression.newBuilder()
        .setLiteral(Expression.Literal.newBuilder().setString(text))
        .build();
  }

  private static Expression number(int number) {
    return Expression.newBuilder()
        .setLiteral(Expression.Literal.newBuilder().setInteger(number))
        .build();
  }
}
