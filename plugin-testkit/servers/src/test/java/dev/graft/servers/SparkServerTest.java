package dev.graft.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that come to nothing, without a Spark; those that succeed are integration tests. */
class SparkServerTest {
  private static final SparkRuntime NO_SPARK =
      new SparkRuntime("4.2.0", List.of(), Map.of(), Optional.empty());

  @TempDir private Path folder;

  @Test
  void aServerThatEndsAtOnceIsReportedWithItsReasonAndLog() throws IOException {
    Path log = folder.resolve("server.log");
    SparkServerBuilder builder =
        new SparkServerBuilder(NO_SPARK, folder.resolve("graft.jar")).logFile(log);
    assertThatThrownBy(builder::start)
        .isInstanceOfSatisfying(
            LaunchException.class,
            e -> {
              assertThat(e.code()).isEqualTo(LaunchException.Code.SERVER_FAILED);
              assertThat(e.log())
                  .anyMatch(line -> line.contains("org.apache.spark.deploy.SparkSubmit"));
            })
        .hasMessageStartingWith("Spark ended with status 1 before it listened: ")
        .hasMessageContaining("org.apache.spark.deploy.SparkSubmit")
        .hasMessageEndingWith("(log: " + log + ")");
    assertThat(Files.readString(log)).contains("SparkSubmit");
  }

  @Test
  void aPortThatSomebodyHasIsRefusedBeforeAnythingIsStarted() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SparkServerBuilder builder =
          new SparkServerBuilder(NO_SPARK, folder.resolve("graft.jar")).port(taken.getLocalPort());
      assertThatThrownBy(builder::start)
          .isInstanceOfSatisfying(
              LaunchException.class,
              e -> assertThat(e.code()).isEqualTo(LaunchException.Code.PORT_TAKEN))
          .hasMessageContaining("Port " + taken.getLocalPort() + " cannot be used");
    }
  }

  @Test
  void aProcessThatCannotBeStartedIsReported() {
    SparkServerBuilder builder =
        new SparkServerBuilder(NO_SPARK, folder.resolve("graft.jar"))
            .directory(folder.resolve("none"));
    assertThatThrownBy(builder::start)
        .isInstanceOf(LaunchException.class)
        .hasMessageStartingWith("The server's process cannot be started: ");
  }
}
