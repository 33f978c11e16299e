package dev.graft.spark.analysis;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** What Spark calls an expression in the name of a column. */
final class PrettyName {
  /** From 4.1 on with a second parameter, whether aliases are left out. */
  private static final Method PRETTY =
      Arrays.stream(org.apache.spark.sql.catalyst.util.package$.class.getMethods())
          .filter(method -> method.getName().equals("toPrettySQL"))
          .findFirst()
          .orElseThrow();

  private PrettyName() {}

  static String of(Expression expression) {
    Object spark = org.apache.spark.sql.catalyst.util.package$.MODULE$;
    Expression known = withFunctions(expression);
    try {
      return (String)
          (PRETTY.getParameterCount() == 1
              ? PRETTY.invoke(spark, known)
              : PRETTY.invoke(spark, known, true));
    } catch (InvocationTargetException | IllegalAccessException e) {
      return expression.toString();
    }
  }

  /** Operators are functions until they are resolved; resolved they are written as operators. */
  private static Expression withFunctions(Expression expression) {
    Expression inner = expression.mapChildren(PrettyName::withFunctions);
    return inner instanceof UnresolvedFunction function ? function(function).orElse(inner) : inner;
  }

  /**
   * A function of Spark's own that is meant; empty where it is none, or one that must know the
   * types of its arguments.
   */
  static Optional<Expression> function(UnresolvedFunction function) {
    if (function.nameParts().size() != 1) {
      return Optional.empty();
    }
    FunctionIdentifier name = new FunctionIdentifier(function.nameParts().apply(0));
    try {
      return Optional.of(
          (Expression) FunctionRegistry.builtin().lookupFunction(name, function.arguments()));
    } catch (Exception e) { // Scala's need no declaration: an AnalysisException among them
      return Optional.empty();
    }
  }
}
