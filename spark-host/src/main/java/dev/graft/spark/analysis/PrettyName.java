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
  /** {@code toPrettySQL}. From 4.1 on it has a second parameter: whether aliases are left out. */
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

  /**
   * Resolves Spark's own functions. Unresolved operators are functions too, and only resolved ones
   * are written as operators.
   */
  private static Expression withFunctions(Expression expression) {
    Expression inner = expression.mapChildren(PrettyName::withFunctions);
    return inner instanceof UnresolvedFunction function ? function(function).orElse(inner) : inner;
  }

  /**
   * The function of Spark's own that a name means; empty where there is none, or where it must know
   * the types of its arguments.
   */
  static Optional<Expression> function(UnresolvedFunction function) {
    if (function.nameParts().size() != 1) {
      return Optional.empty();
    }
    FunctionIdentifier name = new FunctionIdentifier(function.nameParts().apply(0));
    try {
      return Optional.of(
          (Expression) FunctionRegistry.builtin().lookupFunction(name, function.arguments()));
    } catch (Exception e) { // Scala declares no checked exceptions, such as AnalysisException
      return Optional.empty();
    }
  }
}
