package dev.graft.spark.host;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;

/**
 * Converts between what plugin authors know (datasets, columns) and what planners work with
 * (logical plans, Catalyst expressions).
 */
final class SparkObjects {
  private final Class<?> datasetType;
  private final Class<?> columnType;
  private final Object datasets;
  private final MethodHandle datasetOf;
  private final MethodHandle columnOf;
  private final MethodHandle expressionOf;

  SparkObjects(ClassLoader spark) {
    this.datasetType = Handles.classOf(spark, "org.apache.spark.sql.Dataset");
    this.columnType = Handles.classOf(spark, "org.apache.spark.sql.Column");
    Class<?> expressionType =
        Handles.classOf(spark, "org.apache.spark.sql.catalyst.expressions.Expression");
    // From 4.0 on the classes that run on the server lie in a package of their own.
    Class<?> datasetModule =
        Handles.find(spark, "org.apache.spark.sql.classic.Dataset$")
            .orElseGet(() -> Handles.classOf(spark, "org.apache.spark.sql.Dataset$"));
    this.datasets = Handles.module(datasetModule);
    this.datasetOf = Handles.need(datasetModule, "ofRows", 2).bindTo(datasets);
    Class<?> columnModule =
        Handles.find(spark, "org.apache.spark.sql.classic.ExpressionUtils$").orElse(null);
    if (columnModule == null) {
      try {
        this.columnOf =
            MethodHandles.publicLookup()
                .unreflectConstructor(columnType.getConstructor(expressionType));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("This Spark has no way from an expression to a column", e);
      }
      this.expressionOf = Handles.need(columnType, "expr", 0);
    } else {
      this.columnOf = Handles.need(columnModule, "column", 1).bindTo(Handles.module(columnModule));
      // Not ExpressionUtils.expression, which only wraps the column for another to convert.
      Class<?> converter =
          Handles.classOf(spark, "org.apache.spark.sql.classic.ColumnNodeToExpressionConverter$");
      MethodHandle node = Handles.need(columnType, "node", 0);
      try {
        Method apply = converter.getMethod("apply", node.type().returnType());
        this.expressionOf =
            MethodHandles.filterReturnValue(
                node, Handles.handle(apply).bindTo(Handles.module(converter)));
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("This Spark has no way from a column to an expression", e);
      }
    }
  }

  /** A dataset of a session over a logical plan. */
  Object dataset(Object session, Object logicalPlan) {
    return Handles.call(datasetOf, session, logicalPlan);
  }

  /** The logical plan of a dataset; a logical plan is returned as it is. */
  Object logicalPlan(Object node) {
    return datasetType.isInstance(node)
        ? Handles.call(Handles.need(node.getClass(), "logicalPlan", 0), node)
        : node;
  }

  /** A column over a Catalyst expression. */
  Object column(Object expression) {
    return Handles.call(columnOf, expression);
  }

  /** The Catalyst expression of a column; an expression is returned as it is. */
  Object expression(Object node) {
    return columnType.isInstance(node) ? Handles.call(expressionOf, node) : node;
  }

  /** Gives a dataset a name in its session, under which the session's client can read it. */
  void nameIt(Object dataset, String name) {
    Handles.call(Handles.need(datasetType, "createOrReplaceTempView", 1), dataset, name);
  }
}
