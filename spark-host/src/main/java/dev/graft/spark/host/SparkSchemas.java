package dev.graft.spark.host;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Schemas as Spark's own {@code AnalyzePlan} tells them: the plan is analysed, and the type is put
 * into Connect's terms by Spark's own converter. There is no dataset around the plan, since making
 * one in Spark 3.x runs a plan that is a SQL command.
 */
final class SparkSchemas {
  private final MethodHandle sessionState;
  private final WithDefault executePlan;
  private final MethodHandle analyzed;
  private final MethodHandle schema;
  private final WithDefault toConnectType;
  private final Object converter;

  SparkSchemas(ClassLoader spark) {
    // From 4.0 on the classes that run on the server lie in a package of their own.
    Class<?> session =
        Handles.find(spark, "org.apache.spark.sql.classic.SparkSession")
            .orElseGet(() -> Handles.classOf(spark, "org.apache.spark.sql.SparkSession"));
    Class<?> converterType =
        Handles.classOf(spark, "org.apache.spark.sql.connect.common.DataTypeProtoConverter$");
    this.sessionState = Handles.need(session, "sessionState", 0);
    this.executePlan = new WithDefault(sessionState.type().returnType(), "executePlan");
    this.analyzed =
        Handles.need(
            Handles.classOf(spark, "org.apache.spark.sql.execution.QueryExecution"), "analyzed", 0);
    this.schema = Handles.need(analyzed.type().returnType(), "schema", 0);
    this.toConnectType = new WithDefault(converterType, "toConnectProtoType");
    this.converter = Handles.module(converterType);
  }

  /**
   * The schema of a logical plan.
   *
   * @return a serialised {@code spark.connect.DataType}
   */
  byte[] of(Object session, Object logicalPlan) {
    Object state = Handles.call(sessionState, session);
    Object execution = executePlan.call(state, logicalPlan);
    return ofAnalysed(Handles.call(analyzed, execution)); // runs no command, whatever it holds
  }

  /**
   * The schema of a logical plan that is analysed.
   *
   * @return a serialised {@code spark.connect.DataType}
   */
  byte[] ofAnalysed(Object plan) {
    return SparkMessages.bytesOf(toConnectType.call(converter, Handles.call(schema, plan)));
  }

  /** A Scala method of one parameter, to which some lines add a second one with a default value. */
  private static final class WithDefault {
    private final MethodHandle method;
    private final @Nullable MethodHandle second;

    WithDefault(Class<?> type, String name) {
      this.second = Handles.method(type, name + "$default$2", 0).orElse(null);
      this.method = Handles.need(type, name, second == null ? 1 : 2);
    }

    Object call(Object receiver, Object argument) {
      return second == null
          ? Handles.call(method, receiver, argument)
          : Handles.call(method, receiver, argument, Handles.call(second, receiver));
    }
  }
}
