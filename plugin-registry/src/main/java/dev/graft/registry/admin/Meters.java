package dev.graft.registry.admin;

import dev.graft.registry.Snapshot;
import dev.graft.registry.invoke.CallCounts;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.invoke.PluginCounters;
import dev.graft.registry.status.ServerView;
import dev.graft.registry.status.Traffic;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What has been counted, as meters. Nothing is counted here: a meter asks when it is read, so that
 * a call of a plugin costs no more for it. Only the server's own plugins have meters; those of
 * sessions come and go, and clients choose how many. Safe for use by several threads.
 */
final class Meters implements AutoCloseable {
  private final ServerView server;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private @Nullable Snapshot known;
  private Optional<Traffic> traffic = Optional.empty();
  private final List<Meter> ofPlugins = new ArrayList<>();
  private final Set<String> ofCodes = new HashSet<>();
  private final Set<String> ofMethods = new HashSet<>();

  Meters(ServerView server) {
    this.server = server;
    bindServer(registry);
  }

  /** All meters, as Prometheus reads them. */
  String scrape() {
    bindPlugins(registry);
    traffic = server.traffic(); // once, and not for each meter
    traffic.ifPresent(passes -> bindMethods(passes, registry));
    return registry.scrape();
  }

  private void bindServer(MeterRegistry to) {
    Gauge.builder("graft.plugins", server, view -> view.serving().report().loaded().size())
        .description("Plugins that serve")
        .register(to);
    Gauge.builder("graft.plugins.refused", server, view -> view.serving().report().refused().size())
        .description("What was not loaded")
        .register(to);
    Gauge.builder("graft.sessions", server, view -> view.sessions().size())
        .description("Sessions that have plugins of their own")
        .register(to);
    TimeGauge.builder(
            "graft.loaded.time",
            server,
            TimeUnit.MILLISECONDS,
            view -> view.serving().loaded().toEpochMilli())
        .description("When the plugins that serve were loaded, since 1970")
        .register(to);
    if (server.traffic().isEmpty()) {
      return; // Spark has meters of its own for its JVM
    }
    new JvmMemoryMetrics().bindTo(to);
    new JvmThreadMetrics().bindTo(to);
    new ClassLoaderMetrics().bindTo(to);
    new ProcessorMetrics().bindTo(to);
    new UptimeMetrics().bindTo(to);
    new FileDescriptorMetrics().bindTo(to);
    gauge(to, "graft.gateway.connections", "Connections of clients", Traffic::connections);
    gauge(to, "graft.gateway.calls.active", "Calls under way", Traffic::underWay);
    gauge(to, "graft.gateway.memory.bytes", "Bytes that messages take", Traffic::memory);
    gauge(to, "graft.gateway.memory.max.bytes", "Bytes they may take", Traffic::mostMemory);
  }

  private void gauge(
      MeterRegistry to, String name, String description, ToDoubleFunction<Traffic> value) {
    Gauge.builder(name, this, meters -> meters.traffic.map(value::applyAsDouble).orElse(0.0))
        .description(description)
        .register(to);
  }

  @SuppressWarnings("ReferenceEquality") // another snapshot, even if it is of the same plugins
  private void bindPlugins(MeterRegistry to) {
    Snapshot serving = server.serving();
    if (serving != known) {
      ofPlugins.forEach(to::remove);
      ofPlugins.clear();
      ofCodes.clear();
      known = serving;
      for (LoadedPlugin plugin : serving.index().plugins()) {
        plugin.messageNames().forEach(message -> bind(plugin, message, to));
      }
    }
    for (LoadedPlugin plugin : serving.index().plugins()) {
      plugin.messageNames().forEach(message -> bindCodes(plugin, message, to));
    }
  }

  private static Tags tags(LoadedPlugin plugin, String message) {
    return Tags.of("kind", plugin.kind().word(), "message", message, "plugin", plugin.className());
  }

  private void bind(LoadedPlugin plugin, String message, MeterRegistry to) {
    Tags tags = tags(plugin, message);
    PluginCounters counters = plugin.counters();
    counter(
        to,
        "graft.extension.calls",
        tags.and("outcome", "accepted"),
        counters,
        message,
        CallCounts::accepted);
    counter(
        to,
        "graft.extension.calls",
        tags.and("outcome", "declined"),
        counters,
        message,
        CallCounts::declined);
    counter(
        to,
        "graft.extension.calls",
        tags.and("outcome", "failed"),
        counters,
        message,
        CallCounts::failed);
    counter(to, "graft.extension.in.bytes", tags, counters, message, CallCounts::bytesIn);
    counter(to, "graft.extension.out.bytes", tags, counters, message, CallCounts::bytesOut);
    counter(to, "graft.extension.nodes", tags, counters, message, CallCounts::nodes);
    ofPlugins.add(
        FunctionTimer.builder(
                "graft.extension.duration",
                counters,
                each -> each.counts(message).durations().count(),
                each -> each.counts(message).durations().totalNanos(),
                TimeUnit.NANOSECONDS)
            .tags(tags)
            .description("How long calls of plugins took")
            .register(to));
    quantile(to, tags, counters, message, "0.5", 0.5);
    quantile(to, tags, counters, message, "0.99", 0.99);
    quantile(to, tags, counters, message, "1", 1);
  }

  private void quantile(
      MeterRegistry to,
      Tags tags,
      PluginCounters counters,
      String message,
      String name,
      double part) {
    ofPlugins.add(
        TimeGauge.builder(
                "graft.extension.duration.quantile",
                counters,
                TimeUnit.NANOSECONDS,
                each -> each.counts(message).durations().quantileNanos(part))
            .tags(tags.and("quantile", name))
            .description(
                "What a part of the calls did not exceed, since the plugin was loaded first")
            .register(to));
  }

  private void counter(
      MeterRegistry to,
      String name,
      Tags tags,
      PluginCounters counters,
      String message,
      ToDoubleFunction<CallCounts> value) {
    ofPlugins.add(
        FunctionCounter.builder(name, counters, each -> value.applyAsDouble(each.counts(message)))
            .tags(tags)
            .description("What came of the calls of plugins")
            .register(to));
  }

  /** Codes have meters from the first failure on. */
  private void bindCodes(LoadedPlugin plugin, String message, MeterRegistry to) {
    for (String code : plugin.counters().failures(message).keySet()) {
      if (ofCodes.add(plugin.kind() + " " + message + " " + plugin.className() + " " + code)) {
        ofPlugins.add(
            FunctionCounter.builder(
                    "graft.extension.failures",
                    plugin.counters(),
                    each -> each.failures(message).getOrDefault(code, 0L))
                .tags(tags(plugin, message).and("code", code))
                .description("Why calls of plugins failed")
                .register(to));
      }
    }
  }

  private void bindMethods(Traffic traffic, MeterRegistry to) {
    for (Traffic.Method method : traffic.methods()) {
      String name = method.name();
      if (ofMethods.add(name)) {
        FunctionTimer.builder(
                "graft.gateway.call.duration",
                this,
                meters -> meters.of(name).map(each -> each.counts().offered()).orElse(0L),
                meters ->
                    meters.of(name).map(each -> each.counts().durations().totalNanos()).orElse(0L),
                TimeUnit.NANOSECONDS)
            .tag("method", name)
            .description("How long calls through the gateway took")
            .register(to);
        ofMethod(to, name, "graft.gateway.in.bytes", CallCounts::bytesIn);
        ofMethod(to, name, "graft.gateway.out.bytes", CallCounts::bytesOut);
        status(to, name, "OK");
      }
      for (String status : method.failures().keySet()) {
        if (ofMethods.add(name + " " + status)) {
          status(to, name, status);
        }
      }
    }
  }

  private void ofMethod(
      MeterRegistry to, String name, String meter, ToDoubleFunction<CallCounts> value) {
    FunctionCounter.builder(
            meter,
            this,
            meters -> meters.of(name).map(each -> value.applyAsDouble(each.counts())).orElse(0.0))
        .tag("method", name)
        .description("Bytes of calls through the gateway")
        .register(to);
  }

  private void status(MeterRegistry to, String name, String status) {
    FunctionCounter.builder(
            "graft.gateway.calls",
            this,
            meters ->
                meters
                    .of(name)
                    .map(
                        each ->
                            status.equals("OK")
                                ? each.counts().accepted()
                                : each.failures().getOrDefault(status, 0L))
                    .orElse(0L))
        .tags("method", name, "status", status)
        .description("Calls through the gateway")
        .register(to);
  }

  private Optional<Traffic.Method> of(String name) {
    return traffic.stream()
        .flatMap(passes -> passes.methods().stream())
        .filter(method -> method.name().equals(name))
        .findFirst();
  }

  @Override
  public void close() {
    registry.close();
  }
}
