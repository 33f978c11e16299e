package dev.graft.spark.host;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.invoke.CallCounts;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.invoke.PluginCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What came of the calls of the server's plugins, in Spark's own metrics, so that all its sinks
 * have it: {@code plugin.dev.graft.spark.GraftPlugin.extension.relation.acme.v1.TopK.accepted},
 * say. Several plugins for one message are counted together. Nothing is counted here: a gauge asks
 * when it is read. Safe for use by several threads.
 */
final class SparkMetrics implements AutoCloseable {
  private static final double NANOS_OF_A_MILLISECOND = 1e6;

  private final MetricRegistry metrics;
  private final List<String> names = new ArrayList<>();

  /**
   * Begins to tell how many plugins there are.
   *
   * @param metrics Spark's, for this plugin of its own kind
   */
  SparkMetrics(MetricRegistry metrics, Registry registry) {
    this.metrics = metrics;
    add("plugins.loaded", () -> registry.current().report().loaded().size());
    add("plugins.refused", () -> registry.current().report().refused().size());
    names.clear(); // these stay
  }

  /** Tells of the plugins of a snapshot, and no more of those before. */
  synchronized void show(Snapshot snapshot) {
    forget();
    Map<String, List<Counted>> messages = new TreeMap<>();
    for (LoadedPlugin plugin : snapshot.index().plugins()) {
      for (String message : plugin.messageNames()) {
        messages
            .computeIfAbsent(plugin.kind().word() + "." + message, name -> new ArrayList<>())
            .add(new Counted(plugin.counters(), message));
      }
    }
    messages.forEach(this::add);
  }

  /** One plugin's calls for one message. */
  private record Counted(PluginCounters counters, String message) {
    CallCounts counts() {
      return counters.counts(message);
    }
  }

  private void add(String message, List<Counted> counted) {
    add(message, "offered", counted, CallCounts::offered);
    add(message, "accepted", counted, CallCounts::accepted);
    add(message, "declined", counted, CallCounts::declined);
    add(message, "failed", counted, CallCounts::failed);
    add(message, "bytesIn", counted, CallCounts::bytesIn);
    add(message, "bytesOut", counted, CallCounts::bytesOut);
    add(message, "nodes", counted, CallCounts::nodes);
    add(message, "p50Millis", counted, counts -> quantile(counts, 0.5));
    add(message, "p99Millis", counted, counts -> quantile(counts, 0.99));
    add(message, "maxMillis", counted, counts -> quantile(counts, 1));
  }

  private static double quantile(CallCounts counts, double part) {
    return counts.durations().quantileNanos(part) / NANOS_OF_A_MILLISECOND;
  }

  private void add(
      String message, String what, List<Counted> counted, Function<CallCounts, Number> value) {
    add(
        "extension." + message + "." + what,
        () ->
            value.apply(
                counted.stream().map(Counted::counts).reduce(CallCounts.NONE, CallCounts::plus)));
  }

  private void add(String name, Gauge<Number> gauge) {
    metrics.register(name, gauge);
    names.add(name);
  }

  private void forget() {
    names.forEach(metrics::remove);
    names.clear();
  }

  @Override
  public synchronized void close() {
    forget();
    metrics.remove("plugins.loaded");
    metrics.remove("plugins.refused");
  }
}
