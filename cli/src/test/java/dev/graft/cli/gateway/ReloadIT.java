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
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A jar that is replaced, added or broken while clients call, without a restart. */
class ReloadIT {
  private static final int PATIENCE_SECONDS = 60;

  /** The same each time, so that whatever keeps plans would keep this one. */
  private static final Plan PLAN =
      Client.plan(
          Relation.newBuilder().setExtension(Any.pack(StringValue.of("how many rows"))).build());

  @TempDir private Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (int last = open.size() - 1; last >= 0; last--) {
      open.get(last).close();
    }
  }

  private void install(int rows) throws IOException {
    Path written =
        PluginJar.of(
                """
                public class Counting implements RelationPlugin<StringValue> {
                  @Override public Class<StringValue> messageType() { return StringValue.class; }
                  @Override public Optional<Relation> transform(StringValue what, PlanningContext context) {
                    return Optional.of(dev.graft.api.node.Nodes.range(ROWS).build());
                  }
                }
                """
                    .replace("ROWS", Integer.toString(rows)))
            .writeTo(folder.resolve("counting.part"));
    put(written);
  }

  private void put(Path file) throws IOException {
    Path jar = Files.createDirectories(folder.resolve("plugins")).resolve("counting.jar");
    Files.move(file, jar, StandardCopyOption.ATOMIC_MOVE);
  }

  private SparkServer spark(SparkLine line, Map<String, String> settings) {
    SparkServerBuilder builder =
        new SparkServerBuilder(
                SparkRuntime.ofLine(line, ClassPathCache.ofUser(), System.out::println),
                Path.of("target/graft/spark/graft-spark.jar"))
            .master("local[2]")
            .shortLived()
            .setting("spark.driver.memory", "1g");
    settings.forEach((key, value) -> builder.setting("spark." + key, value));
    SparkServer server = builder.start();
    open.add(server);
    return server;
  }

  private Map<String, String> watched() {
    return Map.of(
        "graft.plugins.path",
        folder.resolve("plugins").toString(),
        "connect.extensions.relation.classes",
        "acme.Counting",
        "graft.plugins.watch",
        "1",
        "graft.report.path",
        folder.resolve("report.txt").toString());
  }

  private Map<String, String> commanded() {
    return Map.of(
        "graft.plugins.path",
        folder.resolve("plugins").toString(),
        "connect.extensions.relation.classes",
        "acme.Counting",
        "graft.admin.port",
        "0");
  }

  private Client client(String address) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(address.replace("sc://", ""), InsecureChannelCredentials.create())
            .build();
    open.add(channel::shutdownNow);
    return new Client(channel, "ada", UUID.randomUUID().toString());
  }

  @ParameterizedTest
  @EnumSource(names = {"SPARK_3_5", "SPARK_4_2"})
  void insideSpark(SparkLine line) throws Exception {
    install(1);
    isFollowed(client(spark(line, watched()).address()));
  }

  @Test
  void inAGateway() throws Exception {
    install(1);
    SparkServer backend = spark(SparkLine.NEWEST, commanded());
    isReloadedOnCommand(backend);
    Map<String, String> entries = new HashMap<>(watched());
    entries.put("graft.gateway.port", "0");
    entries.put("graft.gateway.drain-seconds", "1");
    Gateway gateway =
        Gateway.start(
            GatewaySettings.parse(entries), entries, BackendAddress.parse(backend.address()));
    open.add(gateway);
    isFollowed(client(gateway.address()));
  }

  /** Inside Spark, by the port that the load report names, while nobody watches the folder. */
  private void isReloadedOnCommand(SparkServer server) throws Exception {
    Client client = client(server.address());
    assertThat(rows(client)).isEqualTo(1);
    Matcher admin = Pattern.compile("  admin +(http://\\S+)").matcher(server.loadReport());
    assertThat(admin.find()).as(server.loadReport()).isTrue();
    URI reload = URI.create(admin.group(1) + "/reload");

    put(Files.writeString(folder.resolve("broken.part"), "no jar"));
    assertThat(post(reload)).startsWith("409 Not reloaded").contains("GRAFT_JAR_UNREADABLE");
    assertThat(rows(client)).isEqualTo(1);

    install(2);
    assertThat(rows(client)).isEqualTo(1);
    assertThat(post(reload)).startsWith("200 Reloaded in ").contains("replaced   acme.Counting");
    assertThat(rows(client)).isEqualTo(2);

    install(1); // for the gateway
  }

  private static String post(URI uri) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(uri)
                    .header("Graft-Admin", "1")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private void isFollowed(Client client) throws Exception {
    assertThat(rows(client)).isEqualTo(1);
    Path report = folder.resolve("report.txt");

    install(2);
    awaitRows(client, 2, 1);
    assertThat(report).content().contains("1 plugin loaded, 0 refused");

    put(Files.writeString(folder.resolve("broken.part"), "no jar"));
    Thread.sleep(3_500); // it has been looked at
    assertThat(rows(client)).isEqualTo(2);
    assertThat(report).content().contains("1 plugin loaded, 0 refused");

    install(3);
    awaitRows(client, 3, 2);
  }

  /** Calls until there are so many rows; until then it is so many others, and nothing fails. */
  private static void awaitRows(Client client, int rows, int before) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    int told = before;
    while (told == before && System.nanoTime() < deadline) {
      told = rows(client);
      Thread.sleep(50);
    }
    assertThat(told).isEqualTo(rows);
  }

  /** How many there are, in whatever batches they come. */
  private static int rows(Client client) {
    String told = client.execute(PLAN);
    assertThat(told).startsWith("OK: ").endsWith("; end");
    return Pattern.compile("(\\d+) rows")
        .matcher(told)
        .results()
        .mapToInt(batch -> Integer.parseInt(batch.group(1)))
        .sum();
  }
}
