package dev.graft.spark.host;

import dev.graft.registry.Registry;
import dev.graft.registry.discovery.Host;
import dev.graft.registry.isolation.HostClasses;
import dev.graft.registry.isolation.LibrarySource;
import dev.graft.registry.isolation.RealmLibraries;
import dev.graft.registry.lowering.Lowering;
import dev.graft.registry.lowering.LoweringTable;
import dev.graft.registry.report.LoadReport;
import dev.graft.spark.Bridge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.plugin.PluginContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Starts Graft inside a driver: loads the registry, writes the classes for Spark's lists, and puts
 * them there.
 */
public final class SparkHost {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");

  private static final String KEY_PREFIX = "spark.";

  /**
   * What a plugin takes from Spark rather than from its own jar: Spark's public packages and what
   * stands in their signatures.
   */
  private static final List<String> PUBLIC =
      List.of("org.apache.spark.", "scala.", "org.apache.hadoop.", "org.slf4j.");

  private static final List<String> HIDDEN = List.of("org.apache.spark.connect.proto.");

  private SparkHost() {}

  /**
   * Starts Graft. Called once by the driver plugin, before Spark Connect reads its lists.
   *
   * @param context Spark's, whose configuration is the live one
   * @param startNanos when the driver plugin was called, by {@link System#nanoTime()}
   * @throws dev.graft.registry.error.GraftException if the configuration or a required plugin is
   *     refused; the server then stops
   */
  public static void start(PluginContext context, long startNanos) {
    SparkConf conf = context.conf();
    Spark spark =
        new Spark(Bridge.class.getClassLoader(), org.apache.spark.package$.MODULE$.SPARK_VERSION());
    // Writing classes takes about as long as loading plugins, most of it for loading the library
    // that writes them: both at once.
    CompletableFuture<SparkLists> lists = beside(() -> SparkLists.write(spark));
    CompletableFuture<Lowering> lowering =
        lists.thenApply(written -> new Lowering(LoweringTable.ofConnect()));
    Registry registry = Registry.load(entries(conf), host(spark));
    ExtensionHandling handling = new ExtensionHandling(spark, registry, lowering.join());
    lists.join().putInPlace(conf, handling);
    report(registry, Duration.ofNanos(System.nanoTime() - startNanos));
  }

  private static <T> CompletableFuture<T> beside(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> new Thread(task, "graft-start").start());
  }

  private static Map<String, String> entries(SparkConf conf) {
    Map<String, String> entries = new HashMap<>();
    for (Tuple2<String, String> entry : conf.getAll()) {
      entries.put(entry._1(), entry._2());
    }
    return entries;
  }

  private static Host host(Spark spark) {
    LibrarySource api = new LibrarySource(Bridge.jar(), "graft/api/");
    LibrarySource messages = new LibrarySource(Bridge.jar(), "graft/messages/");
    LibrarySource protobuf = new LibrarySource(Bridge.jar(), "graft/protobuf/");
    return new Host(
        "Spark " + spark.line().version(),
        KEY_PREFIX,
        new HostClasses(spark.loader(), PUBLIC, HIDDEN),
        new RealmLibraries(List.of(api), List.of(messages), List.of(protobuf)),
        new SparkOwnPlugins(spark.loader()));
  }

  private static void report(Registry registry, Duration took) {
    LoadReport report = registry.report();
    String text =
        report.text()
            + "\n  start-up   "
            + took.minus(report.tookByPlugins()).toMillis()
            + " ms by Graft, "
            + report.tookByPlugins().toMillis()
            + " ms by the plugins' own classes";
    if (report.refused().isEmpty() && report.warnings().isEmpty()) {
      LOG.info("{}", text);
    } else {
      LOG.warn("{}", text);
    }
    registry
        .configuration()
        .reportPath()
        .ifPresent(
            path -> {
              try {
                Files.writeString(path, text + "\n");
              } catch (IOException e) {
                throw new UncheckedIOException("The load report cannot be written to " + path, e);
              }
            });
  }
}
