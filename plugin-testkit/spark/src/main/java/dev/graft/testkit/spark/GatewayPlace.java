package dev.graft.testkit.spark;

import dev.graft.servers.SparkLine;
import dev.graft.testkit.Place;
import dev.graft.testkit.Server;
import dev.graft.testkit.memory.TestedPlugins;
import java.util.Optional;

/** In a gateway before a Spark Connect server that has no plugins. */
record GatewayPlace(SparkLine line) implements Place {
  @Override
  public Optional<Server> open(TestedPlugins plugins) {
    PluginConfiguration configuration = PluginConfiguration.of(plugins);
    String address = SharedServers.instance().gateway(line, configuration);
    return Optional.of(
        new ConnectServer(toString(), "gateway", line.version(), SharedServers.session(address)));
  }

  @Override
  public String toString() {
    return "gateway before " + line;
  }
}
