package dev.graft.testkit.spark;

import dev.graft.servers.SparkLine;
import dev.graft.testkit.Place;
import dev.graft.testkit.Server;
import dev.graft.testkit.memory.TestedPlugins;
import java.util.Optional;

/** The place of tests that run through a gateway before a Spark Connect server without plugins. */
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
