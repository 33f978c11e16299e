package dev.graft.cli.gateway;

import dev.graft.gateway.BackendAddress;
import dev.graft.gateway.Gateway;
import dev.graft.gateway.GatewayFile;
import dev.graft.gateway.GatewaySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A gateway with the example jars, the same binaries that are tested inside Spark. */
final class ExampleGateway implements AutoCloseable {
  private static final List<String> EXAMPLES =
      List.of(
          "portable/target/acme-frames-1.0.0.jar",
          "old-protobuf/target/acme-legacy-1.0.0.jar",
          "no-protobuf/target/acme-waist-1.0.0.jar",
          "native/target/acme-native-1.0.0.jar");

  private static final String CONFIGURATION =
      """
      graft.gateway.port = 0
      graft.gateway.drain-seconds = 5
      graft.plugins.path = plugins
      connect.extensions.relation.classes = com.acme.frames.TopKPlugin, com.acme.frames.CountNullsPlugin, \\
          com.acme.legacy.StampPlugin, com.acme.waist.SequencePlugin, com.acme.nativeplans.NumberedPlugin
      connect.extensions.expression.classes = com.acme.frames.MaskPlugin
      connect.extensions.command.classes = com.acme.frames.SummarizePlugin, com.acme.frames.PublishPlugin, \\
          com.acme.frames.AboutPlugin, com.acme.frames.RemarkPlugin
      """;

  private final Gateway gateway;
  private final Path configuration;

  private ExampleGateway(Gateway gateway, Path configuration) {
    this.gateway = gateway;
    this.configuration = configuration;
  }

  /** Starts a gateway whose files are put into a folder. */
  static ExampleGateway before(ServerProcess backend, Path folder) throws Exception {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    for (String example : EXAMPLES) {
      Path jar = Path.of("../plugin-examples").resolve(example);
      Files.copy(jar, plugins.resolve(jar.getFileName()));
    }
    Path configuration = Files.writeString(folder.resolve("gateway.properties"), CONFIGURATION);
    Map<String, String> entries = GatewayFile.read(configuration);
    return new ExampleGateway(
        Gateway.start(
            GatewaySettings.parse(entries), entries, BackendAddress.parse(backend.address())),
        configuration);
  }

  String address() {
    return gateway.address();
  }

  String loadReport() {
    return gateway.report().text();
  }

  Path configuration() {
    return configuration;
  }

  @Override
  public void close() {
    gateway.close();
  }
}
