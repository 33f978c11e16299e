package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code graft.report.path}. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class ReportFileTest {
  private static final BackendAddress NOWHERE = BackendAddress.parse("sc://127.0.0.1:1");

  @TempDir Path folder;

  @Test
  void theLoadReportIsWrittenToIt() {
    Path file = folder.resolve("report.txt");

    try (Gateway gateway = start(file)) {
      assertThat(file)
          .content()
          .startsWith("Graft in gateway: 0 plugins loaded, 1 refused")
          .isEqualTo(gateway.report().text() + "\n");
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsRefusedAtTheStart() {
    Path file = folder.resolve("no such folder/report.txt");

    assertThatThrownBy(() -> start(file))
        .hasMessageStartingWith(
            "[GRAFT_CONFIGURATION_INVALID] The load report cannot be written to " + file)
        .hasMessageContaining("Let graft.report.path name a file in a folder that is there");
  }

  private static Gateway start(Path report) {
    return Gateway.start(
        new GatewaySettings("127.0.0.1", 0, 1 << 20, Duration.ZERO, 1),
        Map.of(
            "graft.report.path",
            report.toString(),
            "connect.extensions.relation.classes",
            "acme.IsNowhere"),
        NOWHERE);
  }
}
