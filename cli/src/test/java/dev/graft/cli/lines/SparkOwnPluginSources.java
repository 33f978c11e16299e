package dev.graft.cli.lines;

import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import dev.graft.testkit.jar.PluginJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Plugins written against Spark's own interface, as its documentation shows them, in the form that
 * each line wants. Each answers a relation extension of a type URL that begins with {@code
 * own.example/} by a range of its own length, so that a test can tell which of them was asked
 * first.
 */
final class SparkOwnPluginSources {
  private static final String BEFORE_4 =
      """
      package own;

      import org.apache.spark.connect.proto.Range;
      import org.apache.spark.connect.proto.Relation;
      import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
      import org.apache.spark.sql.connect.planner.SparkConnectPlanner;
      import org.apache.spark.sql.connect.plugin.RelationPlugin;
      import org.sparkproject.connect.protobuf.Any;
      import scala.Option;

      public class %s implements RelationPlugin {
        @Override public Option<LogicalPlan> transform(Any any, SparkConnectPlanner planner) {
          if (!any.getTypeUrl().startsWith("own.example/")) {
            return Option.empty();
          }
          Range range = Range.newBuilder().setStart(0).setEnd(%d).setStep(1).build();
          return Option.apply(planner.transformRelation(Relation.newBuilder().setRange(range).build()));
        }
      }
      """;

  private static final String FROM_4 =
      """
      package own;

      import java.util.Optional;
      import org.apache.spark.connect.proto.Range;
      import org.apache.spark.connect.proto.Relation;
      import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
      import org.apache.spark.sql.connect.planner.SparkConnectPlanner;
      import org.apache.spark.sql.connect.plugin.RelationPlugin;
      import org.sparkproject.connect.protobuf.Any;

      public class %s implements RelationPlugin {
        @Override public Optional<LogicalPlan> transform(byte[] bytes, SparkConnectPlanner planner) {
          try {
            if (!Any.parseFrom(bytes).getTypeUrl().startsWith("own.example/")) {
              return Optional.empty();
            }
          } catch (java.io.IOException e) {
            throw new RuntimeException(e);
          }
          Range range = Range.newBuilder().setStart(0).setEnd(%d).setStep(1).build();
          return Optional.of(planner.transformRelation(Relation.newBuilder().setRange(range).build()));
        }
      }
      """;

  /** Spark's interface as a line has it: the result's type and the message's. */
  private static final String INTERFACE =
      """
      package org.apache.spark.sql.connect.plugin;

      public interface RelationPlugin {
        %1$s<org.apache.spark.sql.catalyst.plans.logical.LogicalPlan> transform(
            %2$s message, org.apache.spark.sql.connect.planner.SparkConnectPlanner planner);
      }
      """;

  private static final String FOREIGN =
      """
      package own;

      public class Foreign implements org.apache.spark.sql.connect.plugin.RelationPlugin {
        @Override public %1$s<org.apache.spark.sql.catalyst.plans.logical.LogicalPlan> transform(
            %2$s message, org.apache.spark.sql.connect.planner.SparkConnectPlanner planner) {
          return %1$s.empty();
        }
      }
      """;

  private SparkOwnPluginSources() {}

  /**
   * Compiles {@code own.Foreign}, which is written against the interface of lines that this one is
   * not like: with bytes before 4.0, and with a protobuf from then on.
   */
  static Path writeForeignTo(Path jar, SparkLine line, SparkRuntime runtime) {
    boolean isBefore4 = line.number().startsWith("3");
    String result = isBefore4 ? "java.util.Optional" : "scala.Option";
    String message = isBefore4 ? "byte[]" : "com.google.protobuf.Any";
    Path other =
        PluginJar.of(
                INTERFACE.formatted(result, message),
                "package com.google.protobuf; public class Any {}")
            .compiledAgainstNothingBut(runtime.classPath())
            .writeTo(jar.resolveSibling("other-line.jar"));
    List<Path> classPath = new ArrayList<>(runtime.classPath());
    classPath.add(0, other);
    return PluginJar.of(FOREIGN.formatted(result, message))
        .compiledAgainstNothingBut(classPath)
        .writeTo(jar);
  }

  /**
   * Compiles {@code own.First}, which answers 3 rows, and {@code own.Last}, which answers 5,
   * against a line's own jars.
   */
  static Path writeTo(Path jar, SparkLine line, SparkRuntime runtime) {
    String source = line.number().startsWith("3") ? BEFORE_4 : FROM_4;
    return PluginJar.of(source.formatted("First", 3), source.formatted("Last", 5))
        .compiledAgainstNothingBut(runtime.classPath())
        .writeTo(jar);
  }
}
