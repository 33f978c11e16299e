package dev.graft.cli.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.gateway.GatewayFile;
import dev.graft.gateway.GatewaySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the files for Kubernetes say of the gateway, against the gateway. */
class KubernetesFilesTest {
  private static final Path BASE = Path.of("../dist/kubernetes/gateway");

  private static String number(String file, String pattern) throws IOException {
    Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(BASE.resolve(file)));
    assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
    return matcher.group(1);
  }

  @Test
  void theConfigurationIsOneThatAGatewayTakes() {
    Map<String, String> entries = GatewayFile.read(BASE.resolve("gateway.properties"));

    GatewaySettings settings = GatewaySettings.parse(entries);

    assertThat(settings.port()).isEqualTo(15002);
    assertThat(entries).containsEntry("graft.gateway.host", "0.0.0.0");
  }

  @Test
  void everyFileNamesThePortOfTheConfiguration() throws Exception {
    String port = number("gateway.properties", "graft.gateway.port = (\\d+)");
    assertThat(number("deployment.yaml", "containerPort: (\\d+)")).isEqualTo(port);
    assertThat(number("deployment.yaml", "readinessProbe:\\s+grpc:\\s+port: (\\d+)"))
        .isEqualTo(port);
    assertThat(number("service.yaml", " port: (\\d+)")).isEqualTo(port);
    assertThat(number("network-policy.yaml", " port: (\\d+)")).isEqualTo(port);
  }

  @Test
  void aPodMayTakeAsLongAsItsGatewayDrains() throws Exception {
    int drain = Integer.parseInt(number("gateway.properties", "drain-seconds = (\\d+)"));
    int pause = Integer.parseInt(number("deployment.yaml", "\"sleep\", \"(\\d+)\""));
    int grace =
        Integer.parseInt(number("deployment.yaml", "terminationGracePeriodSeconds: (\\d+)"));
    assertThat(grace).isGreaterThanOrEqualTo(drain + pause + 5);
  }
}
