package dev.graft.spark.host;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import dev.graft.registry.error.GraftException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.StubMethod;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * Refusals as Spark's {@code AnalysisException}, which is what a wrong plan of the client's own
 * raises, with Graft's stable code for an error class. Spark reads the SQLSTATE of an error class
 * from a list of its own, which has no such codes, so a class is written that gives it.
 */
final class SparkRefusals {
  /**
   * SQL's class of syntax errors and access rule violations, the one for a statement that the
   * server cannot follow.
   */
  private static final String SQL_STATE = "42000";

  private final Constructor<?> constructor;
  private final Object noParameters;

  SparkRefusals(ClassLoader spark) {
    Class<?> analysisException = Handles.classOf(spark, "org.apache.spark.sql.AnalysisException");
    Class<?> written =
        new BridgeClasses()
            .define(
                "GraftAnalysisException",
                byteBuddy ->
                    byteBuddy
                        .subclass(analysisException)
                        .method(named("getSqlState"))
                        .intercept(FixedValue.value(SQL_STATE))
                        .method(named("fillInStackTrace").and(takesNoArguments()))
                        .intercept(FixedValue.self())
                        .method(named("setStackTrace"))
                        .intercept(StubMethod.INSTANCE));
    this.constructor =
        Arrays.stream(written.getConstructors())
            .filter(SparkRefusals::takesText)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "This Spark's AnalysisException is not made of a text as expected"));
    this.noParameters =
        Handles.module(Handles.classOf(spark, "scala.collection.immutable.Map$EmptyMap$"));
  }

  /**
   * Whether a constructor takes the text, options (places in a statement, in 3.4 a plan, a cause,
   * an error class), and the error class's parameters.
   */
  private static boolean takesText(Constructor<?> constructor) {
    Class<?>[] types = constructor.getParameterTypes();
    return types.length >= 7
        && types[0] == String.class
        && Arrays.stream(types, 1, types.length - 2).allMatch(Option.class::equals)
        && types[types.length - 1].isArray();
  }

  /**
   * The exception to throw. It has neither cause nor stack trace, since clients would be shown
   * them.
   *
   * @param withCode whether it has an error class; the text has the code in any case
   */
  Throwable of(GraftException refusal, boolean withCode) {
    Class<?>[] types = constructor.getParameterTypes();
    @Nullable Object[] arguments = new Object[types.length];
    Arrays.fill(arguments, Option.empty());
    arguments[0] = refusal.getMessage() + " SQLSTATE: " + SQL_STATE;
    if (withCode) {
      arguments[types.length - 3] = Option.apply(refusal.code().name());
    }
    arguments[types.length - 2] = noParameters;
    arguments[types.length - 1] = Array.newInstance(types[types.length - 1].getComponentType(), 0);
    try {
      return (Throwable) constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This Spark's AnalysisException is not made as expected", e);
    }
  }
}
