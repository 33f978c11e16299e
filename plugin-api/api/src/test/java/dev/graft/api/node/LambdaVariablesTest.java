package dev.graft.api.node;

import static dev.graft.api.node.Nodes.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Expression.UnresolvedNamedLambdaVariable;
import org.junit.jupiter.api.Test;

/** The names of lambdas' variables, of which nobody but Spark takes notice. */
class LambdaVariablesTest {
  private static final ExpressionNode A = column("a");

  private static Expression.LambdaFunction lambdaOf(Expression call) {
    return call.getUnresolvedFunction().getArguments(1).getLambdaFunction();
  }

  private static String variableOf(Expression.LambdaFunction lambda) {
    return lambda.getArguments(0).getNameParts(0);
  }

  private static ExpressionNode nested() {
    return Lambdas.transform(
        A, x -> Lambdas.filter(A, y -> y.greaterThan(x).and(Lambdas.exists(A, z -> z.equalTo(y)))));
  }

  @Test
  void theSameLambdaHasTheSameNamesAtAnyTimeAndOnAnyThread() {
    Expression once = nested().build();
    Lambdas.transform(A, x -> x.plus(1));

    assertThat(IntStream.range(0, 50).parallel().mapToObj(i -> nested().build()))
        .allSatisfy(again -> assertThat(again).isEqualTo(once));
  }

  @Test
  void lambdasInsideOneAnotherAreNumberedFromTheInsideOut() {
    Expression.LambdaFunction outer = lambdaOf(nested().build());
    Expression.LambdaFunction middle = lambdaOf(outer.getFunction());

    assertThat(variableOf(outer)).isEqualTo("graft_x_00002");
    assertThat(variableOf(middle)).isEqualTo("graft_x_00001");
    assertThat(middle.toString()).contains("graft_x_00002", "graft_x_00000").doesNotContain("~");
  }

  @Test
  void aLambdaThatWasBuiltBeforeMayStandInAnother() {
    ExpressionNode before = Lambdas.transform(A, x -> x.plus(1));

    Expression.LambdaFunction outer = lambdaOf(Lambdas.transform(A, x -> x.plus(before)).build());

    assertThat(variableOf(outer)).isEqualTo("graft_x_00001");
    assertThat(outer.getFunction().toString()).contains("graft_x_00001", "graft_x_00000");
  }

  @Test
  void aVariableOfAnotherPluginsLambdaIsNotCaptured() {
    Expression others =
        Expression.newBuilder()
            .setUnresolvedNamedLambdaVariable(
                UnresolvedNamedLambdaVariable.newBuilder().addNameParts("graft_y_00007"))
            .build();

    Expression.LambdaFunction own =
        lambdaOf(Lambdas.transform(A, x -> x.plus(Nodes.expression(others))).build());

    assertThat(variableOf(own)).isEqualTo("graft_x_00008");
    assertThat(own.getFunction().toString()).contains("graft_y_00007");
  }

  @Test
  void aVariableInsideAnExtensionIsNamedToo() throws Exception {
    ExpressionNode call =
        Lambdas.transform(
            A,
            x ->
                Nodes.expression(
                    Expression.newBuilder().setExtension(Any.pack(x.build())).build()));

    Expression.LambdaFunction lambda = lambdaOf(call.build());
    Expression inside = lambda.getFunction().getExtension().unpack(Expression.class);
    assertThat(inside.getUnresolvedNamedLambdaVariable()).isEqualTo(lambda.getArguments(0));
  }

  @Test
  void severalVariablesHaveOneNumberAndBodiesOfAnyTextStayAsTheyAre() {
    Expression call = Lambdas.zipWith(A, A, (x, y) -> Nodes.call("f", x, y, "~größe 名前")).build();

    Expression.LambdaFunction lambda =
        call.getUnresolvedFunction().getArguments(2).getLambdaFunction();
    assertThat(lambda.getArgumentsList())
        .extracting(variable -> variable.getNameParts(0))
        .isEqualTo(List.of("graft_x_00000", "graft_y_00000"));
    assertThat(
            lambda.getFunction().getUnresolvedFunction().getArguments(2).getLiteral().getString())
        .isEqualTo("~größe 名前");
  }

  @Test
  void aFunctionThatFailsLeavesNothingBehind() {
    assertThatThrownBy(
            () ->
                Lambdas.transform(
                    A,
                    x -> {
                      throw new IllegalArgumentException("no");
                    }))
        .hasMessage("no");

    assertThat(variableOf(lambdaOf(Lambdas.transform(A, x -> x).build())))
        .isEqualTo("graft_x_00000");
  }
}
