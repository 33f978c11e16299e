package dev.graft.testkit.spark;

import dev.graft.servers.SparkLine;
import dev.graft.testkit.Place;
import dev.graft.testkit.Server;
import dev.graft.testkit.memory.TestedPlugins;
import java.util.Optional;

/** In a Spark Connect server with the plugins inside. */
record SparkPlace(SparkLine line) implements Place {
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
