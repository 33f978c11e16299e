package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import dev.graft.encoder.ConnectSession;
import dev.graft.gateway.BackendAddress;
import dev.graft.gateway.Gateway;
import dev.graft.gateway.GatewaySettings;
import dev.graft.testkit.jar.PluginJar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.connect.proto.Relation;

/** A gateway with an admin port and plugins, before nothing. */
record RunningGateway(Gateway gateway) implements AutoCloseable {
  /** A plugin that answers a string with a range of so many rows. */
  static PluginJar plugin(String name, int rows) {
    return PluginJar.of(
            """
            public class NAME implements RelationPlugin<StringValue> {
              @Override public Class<StringValue> messageType() { return StringValue.class; }
              @Override public Optional<Relation> transform(StringValue what, PlanningContext context) {
                return Optional.of(dev.graft.api.node.Nodes.range(ROWS).build());
              }
            }
            """
                .replace("NAME", name)
                .replace("ROWS", Integer.toString(rows)))
        .manifest("Graft-Plugin-Id", name)
        .service("dev.graft.api.RelationPlugin", "acme." + name);
  }

  /** Where a jar of this name lies. */
  static Path jar(Path folder, String name) throws IOException {
    return Files.createDirectories(folder.resolve("plugins")).resolve(name);
  }

  /** Starts it with the plugins in a folder. */
  static RunningGateway start(Path folder, Map<String, String> more) {
    Map<String, String> entries = new HashMap<>(more);
    entries.put("graft.gateway.port", "0");
    entries.put("graft.gateway.drain-seconds", "0");
    entries.put("graft.admin.port", "0");
    entries.put("graft.plugins.path", folder.resolve("plugins").toString());
    entries.put("graft.plugins.discovery", "services");
    entries.put("graft.report.path", folder.resolve("report.txt").toString());
    return new RunningGateway(
        Gateway.start(
            GatewaySettings.parse(entries), entries, BackendAddress.parse("sc://127.0.0.1:1")));
  }

  /** The address of its admin port. */
  String admin() {
    Matcher address =
        Pattern.compile("\n  admin      (http://127.0.0.1:\\d+)").matcher(gateway.reportText());
    assertThat(address.find()).as(gateway.reportText()).isTrue();
    return address.group(1);
  }

  /**
   * Has it refuse a request, and waits until that is listed: a gateway notes it when the call is
   * over, which its client may learn earlier.
   */
  void refuse() throws Exception {
    Any unknown = Any.newBuilder().setTypeUrl("type.googleapis.com/acme.v1.<Nobody>").build();
    try (ConnectSession session = ConnectSession.connect(gateway.address())) {
      assertThatThrownBy(
              () -> session.rows(Relation.newBuilder().setExtension(unknown).build()).close())
          .hasMessageContaining("GRAFT_EXTENSION_UNKNOWN");
    }
    HttpRequest failures = HttpRequest.newBuilder(URI.create(admin() + "/failures")).build();
    String listed = "";
    for (int i = 0; i < 1_000 && !listed.contains("GRAFT_EXTENSION_UNKNOWN"); i++) {
      Thread.sleep(10);
      listed =
          HttpClient.newHttpClient().send(failures, HttpResponse.BodyHandlers.ofString()).body();
    }
    assertThat(listed).contains("GRAFT_EXTENSION_UNKNOWN");
  }

  @Override
  public void close() {
    gateway.close();
  }
}
