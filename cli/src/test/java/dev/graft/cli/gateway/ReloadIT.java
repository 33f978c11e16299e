package dev.graft.cli.gateway;

import static dev.graft.cli.gateway.CountingServers.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A jar that is replaced, added or broken while clients call, without a restart. */
class ReloadIT {
  private static final int PATIENCE_SECONDS = 60;

  @TempDir private Path folder;
  private final CountingServers servers = new CountingServers();

  @AfterEach
  void stop() {
    servers.close();
  }

  private void install(int rows) throws IOException {
    put(CountingServers.jar(rows).writeTo(folder.resolve("counting.part")));
  }

  private void put(Path file) throws IOException {
    Path jar = Files.createDirectories(folder.resolve("plugins")).resolve("counting.jar");
    Files.move(file, jar, StandardCopyOption.ATOMIC_MOVE);
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
        "0",
        "metrics.conf.driver.sink.csv.class",
        "org.apache.spark.metrics.sink.CsvSink",
        "metrics.conf.driver.sink.csv.period",
        "1",
        "metrics.conf.driver.sink.csv.directory",
        folder.resolve("metrics").toString());
  }

  @ParameterizedTest
  @EnumSource(names = {"SPARK_3_5", "SPARK_4_2"})
  void insideSpark(SparkLine line) throws Exception {
    install(1);
    isFollowed(servers.client(servers.spark(line, watched()).address()));
  }

  @Test
  void inAGateway() throws Exception {
    install(1);
    SparkServer backend = servers.spark(SparkLine.NEWEST, commanded());
    isReloadedOnCommand(backend);
    isFollowed(servers.client(servers.gateway(backend, watched()).address()));
  }

  /** Inside Spark, by the port that the load report names, while nobody watches the folder. */
  private void isReloadedOnCommand(SparkServer server) throws Exception {
    Client client = servers.client(server.address());
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

    HttpResponse<String> metrics =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(admin.group(1) + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(metrics.body())
        .containsPattern(
            "graft_extension_calls_total\\{kind=\"relation\",.*outcome=\"accepted\",plugin=\"acme.Counting\"} [3-9]");
    awaitMetricOfSpark();

    install(1); // for the gateway
  }

  /** Spark's sinks have it, too, also after the plugins were loaded again. */
  private void awaitMetricOfSpark() throws Exception {
    Path metrics = Files.createDirectories(folder.resolve("metrics"));
    String told = "";
    for (int i = 0; i < PATIENCE_SECONDS * 10 && !told.matches("(?s).*,[3-9]\\R*"); i++) {
      Thread.sleep(100);
      try (Stream<Path> files = Files.list(metrics)) {
        List<Path> found =
            files
                .filter(
                    file ->
                        file.toString().contains(".GraftPlugin.extension.relation.")
                            && file.toString().endsWith(".accepted.csv"))
                .toList();
        told = found.isEmpty() ? "" : Files.readString(found.get(0));
      }
    }
    assertThat(told).startsWith("t,value").matches("(?s).*,[3-9]\\R*");
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
}
