package dev.graft.testkit.spark;

import dev.graft.encoder.ConnectSession;
import dev.graft.gateway.BackendAddress;
import dev.graft.gateway.Gateway;
import dev.graft.gateway.GatewaySettings;
import dev.graft.servers.ClassPathCache;
import dev.graft.servers.LaunchException;
import dev.graft.servers.Progress;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import dev.graft.servers.SparkServer;
import dev.graft.servers.SparkServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.opentest4j.TestAbortedException;

/**
 * The servers of this JVM: each is started when the first test needs it, and stopped when the JVM
 * ends. Safe for use by several threads.
 */
final class SharedServers {
  private static final SharedServers INSTANCE = new SharedServers();

  /** Small settings: tests are small, and there may be a server for each line at once. */
  private static final Map<String, String> SMALL =
      Map.of(
          "spark.driver.memory", "1g",
          "spark.sql.shuffle.partitions", "2",
          "spark.default.parallelism", "2");

  private record Key(SparkLine line, PluginConfiguration configuration) {}

  private final Map<SparkLine, SparkRuntime> runtimes = new HashMap<>();
  private final Map<Key, SparkServer> withPlugins = new LinkedHashMap<>();
  private final Map<SparkLine, SparkServer> plain = new LinkedHashMap<>();
  private final Map<Key, Gateway> gateways = new LinkedHashMap<>();

  private SharedServers() {
    // Servers are processes, and end by a hook of their own.
    Runtime.getRuntime().addShutdownHook(new Thread(this::closeGateways, "stop-gateways"));
  }

  static SharedServers instance() {
    return INSTANCE;
  }

  /** A session of its own for each test, so that temporary views and settings do not meet. */
  static ConnectSession session(String address) {
    return ConnectSession.connect(address + "/;user_id=tester;session_id=" + UUID.randomUUID());
  }

  /** The address of a server with plugins inside. */
  synchronized String spark(SparkLine line, PluginConfiguration configuration) {
    Key key = new Key(line, configuration);
    // A server that a plugin has brought down is started again, so that other tests do not fail.
    withPlugins.computeIfPresent(key, (same, server) -> server.isAlive() ? server : null);
    return withPlugins.computeIfAbsent(key, this::start).address();
  }

  /** The address of a gateway with plugins, before a server without. */
  synchronized String gateway(SparkLine line, PluginConfiguration configuration) {
    return gateways.computeIfAbsent(new Key(line, configuration), this::startGateway).address();
  }

  private SparkServer start(Key key) {
    SparkRuntime runtime = runtime(key.line());
    Path folder = packed(key.configuration());
    return new SparkServerBuilder(runtime, HostJar.path())
        .master("local[2]")
        .shortLived()
        .settings(SMALL)
        .settings(key.configuration().entries("spark.", folder))
        .start();
  }

  private SparkServer startPlain(SparkLine line) {
    return SparkServerBuilder.withoutGraft(runtime(line))
        .master("local[2]")
        .shortLived()
        .settings(SMALL)
        .start();
  }

  private Gateway startGateway(Key key) {
    SparkServer backend = plain.computeIfAbsent(key.line(), this::startPlain);
    Map<String, String> entries =
        new HashMap<>(key.configuration().entries("", packed(key.configuration())));
    entries.put("graft.gateway.port", "0");
    entries.put("graft.gateway.drain-seconds", "0");
    return Gateway.start(
        GatewaySettings.parse(entries), entries, BackendAddress.parse(backend.address()));
  }

  private SparkRuntime runtime(SparkLine line) {
    return runtimes.computeIfAbsent(
        line,
        wanted -> {
          try {
            return SparkRuntime.ofLine(wanted, ClassPathCache.ofUser(), Progress.none());
          } catch (LaunchException e) {
            throw missing(wanted, e);
          }
        });
  }

  /**
   * Skips the tests of a line that cannot be downloaded; in continuous integration they fail, since
   * a build must not pass because nothing was tested.
   */
  private static RuntimeException missing(SparkLine line, LaunchException cause) {
    if (!cause.code().equals(LaunchException.Code.RESOLUTION_FAILED)
        || "true".equals(System.getenv("CI"))) {
      return cause;
    }
    return new TestAbortedException(line + " cannot be had: " + cause.getMessage(), cause);
  }

  private static Path packed(PluginConfiguration configuration) {
    try {
      Path folder = Files.createTempDirectory("graft-tested-");
      PackedPlugins.into(folder, configuration.places());
      TemporaryFolders.deleteAtEnd(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void closeGateways() {
    gateways.values().forEach(Gateway::close);
  }
}
