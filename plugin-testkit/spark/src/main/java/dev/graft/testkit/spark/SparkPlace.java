package dev.graft.testkit.spark;

import dev.graft.servers.SparkLine;
import dev.graft.testkit.Place;
import dev.graft.testkit.Server;
import dev.graft.testkit.memory.TestedPlugins;
import java.util.Optional;

/**
 * The place of tests that run in a Spark Connect server with the plugins inside. All tests of the
 * JVM with the same plugins and settings share the server.
 *
 * @param line the server's line
 */
public record SparkPlace(SparkLine line) implements Place {
  /** A session of its own on the server, which is started if it is not there. */
  @Override
  public Optional<Server> open(TestedPlugins plugins) {
    PluginConfiguration configuration = PluginConfiguration.of(plugins);
    String address = SharedServers.instance().spark(line, configuration);
    return Optional.of(
        new ConnectServer(toString(), "spark", line.version(), SharedServers.session(address)));
  }

  @Override
  public String toString() {
    return line.toString();
  }
}
