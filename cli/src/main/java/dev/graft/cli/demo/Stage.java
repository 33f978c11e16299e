package dev.graft.cli.demo;

import dev.graft.cli.environment.Distribution;
import dev.graft.gateway.BackendAddress;
import dev.graft.gateway.Gateway;
import dev.graft.gateway.GatewaySettings;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.servers.SparkRuntime;
import dev.graft.servers.SparkServer;
import dev.graft.servers.SparkServerBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where the demonstration's plugins run: inside a Spark server, or in a gateway before one. */
final class Stage implements AutoCloseable {
  private static final String SPARK = "spark.";

  private final SparkServer spark;
  private final Optional<Gateway> gateway;

  private Stage(SparkServer spark, Optional<Gateway> gateway) {
    this.spark = spark;
    this.gateway = gateway;
  }

  /** A server with Graft in it. */
  static Stage inSpark(
      SparkRuntime runtime, Distribution distribution, Map<String, String> settings) {
    SparkServerBuilder server = new SparkServerBuilder(runtime, distribution.sparkJar());
    return new Stage(
        server.settings(settings).master("local[2]").shortLived().start(), Optional.empty());
  }

  /** A server without Graft, and a gateway with the same settings before it. */
  static Stage gateway(SparkRuntime runtime, Map<String, String> settings) {
    SparkServer spark =
        SparkServerBuilder.withoutGraft(runtime).master("local[2]").shortLived().start();
    try {
      GatewaySettings serving =
          GatewaySettings.parse(Map.of(GatewaySettings.PREFIX + "drain-seconds", "5"));
      BackendAddress behind = BackendAddress.parse(spark.address());
      return new Stage(
          spark, Optional.of(Gateway.start(serving.withPort(0), ofGateway(settings), behind)));
    } catch (RuntimeException e) {
      spark.close();
      throw e;
    }
  }

  /** Settings as a gateway's file has them. */
  static Map<String, String> ofGateway(Map<String, String> settings) {
    Map<String, String> entries = new TreeMap<>();
    settings.forEach(
        (key, value) ->
            entries.put(key.startsWith(SPARK) ? key.substring(SPARK.length()) : key, value));
    return entries;
  }

  /** Where clients connect. */
  String address() {
    return gateway.map(Gateway::address).orElseGet(spark::address);
  }

  /** Where the server itself is. */
  String serverAddress() {
    return spark.address();
  }

  String loadReport() {
    return gateway.map(running -> running.report().text()).orElseGet(spark::loadReport);
  }

  /** Whether a plugin runs here. */
  boolean runs(LoadedPlugin plugin) {
    return gateway.isEmpty() || plugin.portable();
  }

  @Override
  public void close() {
    gateway.ifPresent(Gateway::close);
    spark.close();
  }
}
