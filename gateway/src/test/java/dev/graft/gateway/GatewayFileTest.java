package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration file and the settings in it. */
class GatewayFileTest {
  @TempDir Path folder;

  private Map<String, String> read(String text) throws IOException {
    return GatewayFile.read(Files.writeString(folder.resolve("gateway.properties"), text));
  }

  @Test
  void pluginFoldersAreThoseBesideTheFile() throws Exception {
    assertThat(read("graft.plugins.path = plugins, /opt/more"))
        .containsEntry("graft.plugins.path", folder.resolve("plugins") + ",/opt/more");
  }

  @Test
  void filesOfTheGatewayAreThoseBesideTheFile() throws Exception {
    GatewaySettings settings =
        GatewaySettings.parse(
            read(
                "graft.gateway.token-file = secret/tokens, old\ngraft.gateway.max-connections = 7"));

    assertThat(settings.tokens()).contains(folder.resolve("secret/tokens, old"));
    assertThat(settings.connections().most()).isEqualTo(7);
    assertThat(settings.connections().backendKeepAlive()).isEqualTo(Duration.ofSeconds(330));
  }

  @Test
  void otherFilesAreThoseBesideTheFileToo() throws Exception {
    for (String key :
        List.of(
            "graft.plugins.list",
            "graft.plugins.signers",
            "graft.sessions.list",
            "graft.sessions.signers",
            "graft.admin.token-file")) {
      assertThat(read(key + " = x")).containsEntry(key, folder.resolve("x").toString());
    }
  }

  @Test
  void aSparkServersKeyIsRefusedWithTheOneThatIsMeant() {
    assertThatThrownBy(() -> read("spark.graft.plugins.path = plugins"))
        .hasMessageStartingWith("[GRAFT_CONFIGURATION_INVALID]")
        .hasMessageContaining("In a gateway it is 'graft.plugins.path'");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> GatewayFile.read(folder.resolve("none.properties")))
        .hasMessageContaining("none.properties cannot be used: there is no such file.");
  }

  @Test
  void theGatewaysOwnSettings() throws Exception {
    GatewaySettings settings =
        GatewaySettings.parse(
            read("graft.gateway.port = 0\ngraft.gateway.drain-seconds = 7\ngraft.report.path = x"));

    assertThat(read("graft.report.path = x")).containsValue(folder.resolve("x").toString());
    String store = "graft.gateway.session-store = ";
    assertThat(read(store + "kept")).containsValue(folder.resolve("kept").toString());
    String database = "jdbc:postgresql://db/sessions?user=graft";
    assertThat(read(store + database)).containsValue(database);
    assertThatThrownBy(() -> GatewaySettings.parse(read(store + "jdbc:mysql://db/sessions")))
        .hasMessageContaining("an address that begins with jdbc:postgresql:");
    assertThat(settings.port()).isZero();
    assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(7));
    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.maxMessageBytes()).isEqualTo(128 << 20);
  }

  @Test
  void aSettingThatIsNoneIsRefused() {
    assertThatThrownBy(() -> GatewaySettings.parse(Map.of("graft.gateway.prot", "1")))
        .hasMessageContaining("There is no setting graft.gateway.prot")
        .hasMessageContaining("graft.gateway.port");
    assertThatThrownBy(() -> GatewaySettings.parse(Map.of("graft.gateway.port", "70000")))
        .hasMessageContaining("'70000'; it must be a whole number from 0 to 65535");
  }
}
