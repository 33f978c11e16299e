package dev.graft.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.StringValue;
import dev.graft.gateway.BackendAddress;
import dev.graft.gateway.Gateway;
import dev.graft.gateway.GatewaySettings;
import dev.graft.servers.ClassPathCache;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import dev.graft.servers.SparkServer;
import dev.graft.servers.SparkServerBuilder;
import dev.graft.testkit.jar.PluginJar;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;

/**
 * The servers and clients of one test, which end with it, and a plugin by whose answer its versions
 * are told apart: so many rows.
 */
final class CountingServers implements AutoCloseable {
  /** The same each time, so that whatever keeps plans would keep this one. */
  static final Plan PLAN =
      Client.plan(
          Relation.newBuilder().setExtension(Any.pack(StringValue.of("how many rows"))).build());

  private static final Pattern ROWS = Pattern.compile("(\\d+) rows");

  private final List<Runnable> open = new ArrayList<>();

  /** A jar whose plugin answers {@link #PLAN} with so many rows. */
  static PluginJar jar(int rows) {
    return PluginJar.of(
            """
            public class Counting implements RelationPlugin<StringValue> {
              @Override public Class<StringValue> messageType() { return StringValue.class; }
              @Override public Optional<Relation> transform(StringValue what, PlanningContext context) {
                return Optional.of(dev.graft.api.node.Nodes.range(ROWS).build());
              }
            }
            """
                .replace("ROWS", Integer.toString(rows)))
        .service("dev.graft.api.RelationPlugin", "acme.Counting");
  }

  /** With how many rows {@link #PLAN} is answered; they come in as many batches as Spark likes. */
  static int rows(Client client) {
    String told = client.execute(PLAN);
    assertThat(told).startsWith("OK: ").endsWith("; end");
    return ROWS.matcher(told).results().mapToInt(batch -> Integer.parseInt(batch.group(1))).sum();
  }

  /**
   * A server with Graft in it.
   *
   * @param settings without {@code spark.}
   */
  SparkServer spark(SparkLine line, Map<String, String> settings) {
    SparkServerBuilder builder =
        new SparkServerBuilder(
                SparkRuntime.ofLine(line, ClassPathCache.ofUser(), System.out::println),
                Path.of("target/graft/spark/graft-spark.jar"))
            .master("local[2]")
            .shortLived()
            .setting("spark.driver.memory", "1g");
    settings.forEach((key, value) -> builder.setting("spark." + key, value));
    SparkServer server = builder.start();
    open.add(server::close);
    return server;
  }

  /** A gateway before a server. */
  Gateway gateway(SparkServer backend, Map<String, String> settings) {
    Map<String, String> entries = new HashMap<>(settings);
    entries.put("graft.gateway.port", "0");
    entries.put("graft.gateway.drain-seconds", "1");
    Gateway gateway =
        Gateway.start(
            GatewaySettings.parse(entries), entries, BackendAddress.parse(backend.address()));
    open.add(gateway::close);
    return gateway;
  }

  /** A client with a session of its own. */
  Client client(String address) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(address.replace("sc://", ""), InsecureChannelCredentials.create())
            .build();
    open.add(channel::shutdownNow);
    return new Client(channel, "ada", UUID.randomUUID().toString());
  }

  /** What was started last ends first. */
  @Override
  public void close() {
    for (int last = open.size() - 1; last >= 0; last--) {
      open.get(last).run();
    }
  }
}
