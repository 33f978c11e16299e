package dev.graft.spark.host;

import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.admin.AdminPort;
import dev.graft.registry.isolation.HostClasses;
import dev.graft.registry.isolation.RealmLibraries;
import dev.graft.registry.loading.Host;
import dev.graft.registry.lowering.Lowering;
import dev.graft.registry.lowering.LoweringTable;
import dev.graft.registry.reload.FolderWatch;
import dev.graft.registry.reload.Reloading;
import dev.graft.registry.report.LoadReport;
import dev.graft.registry.status.ServerView;
import dev.graft.spark.Bridge;
import dev.graft.spark.GraftPlugin;
import dev.graft.spark.analysis.Callers;
import dev.graft.spark.analysis.SessionExtensions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.PluginContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Starts Graft inside a driver in two parts: it loads the registry, then it writes the classes for
 * Spark's lists and puts them there. The second part takes about as long as the first, mostly to
 * load the library that writes classes, and so runs in parallel with Spark's own start.
 */
public final class SparkHost implements GraftPlugin.Started {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");

  private static final String KEY_PREFIX = "spark.";
  private static final String SESSION_EXTENSIONS = "spark.sql.extensions";
  private static final String CONNECT_PLUGIN = "org.apache.spark.sql.connect.SparkConnectPlugin";

  private final SparkContext context;
  private final SparkConf conf;
  private final Registry registry;
  private final Spark spark;
  private final SparkSessions sessions;
  private final Reloading reloading;
  private final AdminPort admin;
  private final SparkMetrics metrics;
  private final CompletableFuture<SparkLists> lists;
  private final CompletableFuture<Lowering> lowering;
  private final Duration firstPart;
  private boolean ready;
  private @Nullable FolderWatch watch;
  private @Nullable ExtensionHandling handling;

  private SparkHost(
      SparkContext context,
      PluginContext plugins,
      Spark spark,
      Registry registry,
      long startNanos) {
    this.context = context;
    this.conf = plugins.conf();
    this.metrics = new SparkMetrics(plugins.metricRegistry(), registry);
    this.spark = spark;
    this.registry = registry;
    this.sessions = new SparkSessions(spark, registry);
    this.reloading =
        new Reloading(
            registry,
            snapshot -> {
              metrics.show(snapshot);
              report(snapshot, snapshot.report().took());
            });
    this.admin =
        AdminPort.open(reloading, new ServerView(registry, sessions::status, Optional::empty));
    this.lists =
        CompletableFuture.supplyAsync(
            () -> SparkLists.write(spark), task -> new Thread(task, "graft-start").start());
    this.lowering = lists.thenApply(written -> new Lowering(LoweringTable.ofConnect()));
    this.firstPart = Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /**
   * Starts Graft: loads the plugins, and begins to write the classes for Spark's lists. Called once
   * by the driver plugin while Spark's context is made.
   *
   * @param context Spark's
   * @param plugins what Spark gives to plugins of its context, whose configuration is the live one
   * @param startNanos when the driver plugin was called, by {@link System#nanoTime()}
   * @return the host, to be finished before a server may serve; meanwhile Spark's start goes on
   * @throws dev.graft.registry.error.GraftException if the configuration or a required plugin is
   *     refused; the server then stops
   */
  public static GraftPlugin.Started start(
      SparkContext context, PluginContext plugins, long startNanos) {
    SparkConf conf = plugins.conf();
    Spark spark =
        new Spark(Bridge.class.getClassLoader(), org.apache.spark.package$.MODULE$.SPARK_VERSION());
    Registry registry = Registry.load(entries(conf), host(spark));
    SparkHost host = new SparkHost(context, plugins, spark, registry, startNanos);
    context.addSparkListener(host.sessions);
    if (conf.get("spark.plugins", "").contains(CONNECT_PLUGIN)) {
      host.finish(); // Spark's Connect plugin starts a server as soon as its turn comes
    }
    return host;
  }

  /** Puts the classes in place and tells what became of the plugins. */
  @Override
  public void finish() {
    if (ready) {
      return;
    }
    long start = System.nanoTime();
    ExtensionHandling made = handling();
    handling = made;
    lists.join().putInPlace(conf, made);
    ready = true;
    metrics.show(registry.current());
    report(registry.current(), firstPart.plusNanos(System.nanoTime() - start));
    watch = FolderWatch.start(reloading);
  }

  @Override
  public void stop() {
    if (watch != null) {
      watch.close();
    }
    admin.close();
    metrics.close();
    if (handling != null) {
      handling.close();
    }
    context.removeSparkListener(sessions); // Spark may keep contexts that have stopped
    sessions.close();
    Bridge.disconnect();
    if (spark.line().keepsPlans()) {
      SessionExtensions.connect(null);
    }
  }

  private ExtensionHandling handling() {
    Lowering plans = lowering.join();
    if (!spark.line().keepsPlans()) {
      return new AnsweredWhenPlanned(spark, sessions, plans);
    }
    AnsweredWhenAnalysed handling = new AnsweredWhenAnalysed(spark, sessions, plans);
    SessionExtensions.connect(handling);
    SparkLists.add(conf, SESSION_EXTENSIONS, SessionExtensions.class.getName());
    SparkLists.add(conf, SparkLists.INTERCEPTORS, Callers.class.getName());
    return handling;
  }

  private static Map<String, String> entries(SparkConf conf) {
    Map<String, String> entries = new HashMap<>();
    for (Tuple2<String, String> entry : conf.getAll()) {
      entries.put(entry._1(), entry._2());
    }
    return entries;
  }

  /** The running Spark as the registry sees it. */
  static Host host(Spark spark) {
    String title = "Spark " + spark.line().version();
    return new Host(
        title,
        KEY_PREFIX,
        HostClasses.ofSpark(spark.loader()),
        RealmLibraries.inside(Bridge.jar()),
        new SparkOwnPlugins(spark.loader(), title));
  }

  private void report(Snapshot snapshot, Duration took) {
    LoadReport report = snapshot.report();
    String text =
        admin.with(report.text())
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
    snapshot
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
