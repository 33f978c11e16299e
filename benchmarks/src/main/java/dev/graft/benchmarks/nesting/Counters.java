package dev.graft.benchmarks.nesting;

import dev.graft.encoder.ConnectSession;
import dev.graft.encoder.Rows;
import dev.graft.servers.SparkRuntime;
import dev.graft.testkit.jar.PluginJar;
import java.nio.file.Path;
import java.util.List;

/**
 * How often things have happened in a server. The counts are system properties of its JVM, which
 * Spark and all plugins share, whatever their class loaders. They are read by a query, which adds
 * to the counts itself, always by the same amount.
 *
 * @param analyses how often Spark has checked an analysed plan
 * @param calls how often a plugin of {@link #plugins} was asked
 */
record Counters(long analyses, long calls) {
  private static final String ANALYSES = "graft.benchmarks.analyses";
  private static final String CALLS = "graft.benchmarks.calls";

  /** The class that Spark is to be given as {@code spark.sql.extensions}. */
  static final String EXTENSIONS = "counting.Analyses";

  /** The classes of {@link #plugins}. */
  static final String PLUGINS = "acme.Plain,acme.Asking";

  private static final String COUNT =
      "System.getProperties().merge(\"%s\", \"1\","
          + " (count, one) -> String.valueOf(Long.parseLong((String) count) + 1))";

  /** Writes the jar for Spark's class path, compiled against its jars. */
  static Path extensions(Path jar, SparkRuntime runtime) {
    return PluginJar.of(
            """
            package counting;

            import org.apache.spark.sql.SparkSessionExtensions;
            import scala.runtime.AbstractFunction1;
            import scala.runtime.BoxedUnit;

            public final class Analyses extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
              @Override public BoxedUnit apply(SparkSessionExtensions extensions) {
                extensions.injectCheckRule(session -> plan -> {
                  COUNT;
                  return BoxedUnit.UNIT;
                });
                return BoxedUnit.UNIT;
              }
            }
            """
                .replace("COUNT", COUNT.formatted(ANALYSES)))
        .compiledAgainstNothingBut(runtime.classPath())
        .writeTo(jar);
  }

  /**
   * Writes a jar of two plugins that select all columns of their input; one asks for the columns
   * first.
   */
  static Path plugins(Path jar) {
    return PluginJar.of(
            plugin("Plain", "Limit", ""),
            plugin("Asking", "Tail", "context.schema(message.getInput()).getFieldsList();"))
        .manifest("Graft-Plugin-Id", "counted")
        .writeTo(jar);
  }

  private static String plugin(String name, String message, String before) {
    return """
        public class NAME implements RelationPlugin<org.apache.spark.connect.proto.MESSAGE> {
          @Override public Class<org.apache.spark.connect.proto.MESSAGE> messageType() {
            return org.apache.spark.connect.proto.MESSAGE.class;
          }

          @Override public Optional<Relation> transform(
              org.apache.spark.connect.proto.MESSAGE message, PlanningContext context) {
            COUNT;
            BEFORE
            return Optional.of(
                dev.graft.api.node.Nodes.relation(message.getInput())
                    .select(dev.graft.api.node.Nodes.star())
                    .build());
          }
        }
        """
        .replace("NAME", name)
        .replace("MESSAGE", message)
        .replace("COUNT", COUNT.formatted(CALLS))
        .replace("BEFORE", before);
  }

  /** The state now, this query included. */
  static Counters read(ConnectSession session) {
    try (Rows rows =
        session.rows(session.sql("SELECT %s, %s".formatted(of(ANALYSES), of(CALLS))))) {
      List<?> counts = rows.toList().get(0);
      return new Counters(number(counts.get(0)), number(counts.get(1)));
    }
  }

  private static String of(String property) {
    return "java_method('java.lang.System', 'getProperty', '%s', '0')".formatted(property);
  }

  private static long number(Object text) {
    return Long.parseLong(text.toString());
  }

  Counters minus(Counters other) {
    return new Counters(analyses - other.analyses, calls - other.calls);
  }
}
