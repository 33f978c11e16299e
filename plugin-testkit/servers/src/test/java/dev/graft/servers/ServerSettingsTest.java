package dev.graft.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which settings a server gets. */
class ServerSettingsTest {
  private static final Path JAR = Path.of("/graft/graft-spark.jar");

  private static ServerSettings settings(
      String version, Map<String, String> defaults, Map<String, String> asked) {
    SparkRuntime runtime = new SparkRuntime(version, List.of(), defaults, Optional.empty());
    return ServerSettings.of(runtime, asked, 15_002, List.of(JAR), Path.of("/tmp/run"));
  }

  private static Map<String, String> asked(String... entries) {
    return settings("4.2.0", Map.of(), Map.of(entries[0], entries[1])).asMap();
  }

  @Test
  void aLocalServerIsOnThisMachineOnly() {
    assertThat(settings("4.2.0", Map.of(), Map.of()).asMap())
        .containsEntry("spark.master", "local[*]")
        .containsEntry("spark.plugins", "dev.graft.spark.GraftPlugin")
        .containsEntry("spark.connect.grpc.binding.address", "127.0.0.1")
        .containsEntry("spark.connect.grpc.binding.port", "15002")
        .containsEntry("spark.driver.bindAddress", "127.0.0.1")
        .containsEntry("spark.ui.enabled", "false")
        .containsEntry("spark.graft.report.path", "/tmp/run/load-report.txt")
        .doesNotContainKey("spark.jars");
  }

  @Test
  void spark3IsNotGivenAnAddressItDoesNotKnow() {
    assertThat(settings("3.5.7", Map.of(), Map.of()).asMap())
        .doesNotContainKey("spark.connect.grpc.binding.address");
  }

  @Test
  void executorsOfAClusterGetTheJarAndReachTheDriver() {
    assertThat(asked("spark.master", "spark://host:7077"))
        .containsEntry("spark.jars", JAR.toString())
        .doesNotContainKeys("spark.driver.bindAddress", "spark.driver.host");
    assertThat(asked("spark.master", "local-cluster[1,1,600]"))
        .containsEntry("spark.jars", JAR.toString());
    assertThat(
            settings("4.2.0", Map.of("spark.jars", "/a.jar"), Map.of("spark.master", "yarn"))
                .asMap())
        .containsEntry("spark.jars", JAR + ",/a.jar");
  }

  @Test
  void whatIsAskedForWinsOverDefaultsAndOverWhatIsSensible() {
    Map<String, String> defaults = Map.of("spark.ui.enabled", "true", "spark.app.name", "theirs");
    assertThat(settings("4.2.0", defaults, Map.of("spark.app.name", "ours")).asMap())
        .containsEntry("spark.ui.enabled", "true")
        .containsEntry("spark.app.name", "ours");
  }

  @Test
  void graftGoesBeforeOtherPluginsUnlessItHasItsPlace() {
    assertThat(asked("spark.plugins", "a.B"))
        .containsEntry("spark.plugins", "dev.graft.spark.GraftPlugin,a.B");
    assertThat(asked("spark.plugins", "a.B, dev.graft.spark.GraftPlugin"))
        .containsEntry("spark.plugins", "a.B, dev.graft.spark.GraftPlugin");
  }

  @Test
  void aServerWithoutGraftHasNothingOfIt() {
    SparkRuntime runtime =
        new SparkRuntime("4.2.0", List.of(), Map.of("spark.plugins", "a.B"), Optional.empty());

    Map<String, String> settings =
        ServerSettings.withoutGraft(runtime, Map.of("spark.master", "yarn"), 15_002, List.of())
            .asMap();

    assertThat(settings)
        .containsEntry("spark.plugins", "a.B")
        .containsEntry("spark.connect.grpc.binding.address", "127.0.0.1")
        .doesNotContainKey("spark.jars");
    assertThat(settings.toString()).doesNotContainIgnoringCase("graft");
  }

  @Test
  void memoryIsGivenToJavaAsJavaTakesIt() {
    assertThat(heap("2048")).isEqualTo("2048m");
    assertThat(heap("2g")).isEqualTo("2g");
    assertThat(heap("2GB")).isEqualTo("2G");
    assertThat(settings("4.2.0", Map.of(), Map.of()).heap()).isEqualTo("1g");
  }

  private static String heap(String memory) {
    return settings("4.2.0", Map.of(), Map.of("spark.driver.memory", memory)).heap();
  }

  @Test
  void aServerOnAllAddressesIsReachedByLoopback() {
    assertThat(
            settings("4.2.0", Map.of(), Map.of("spark.connect.grpc.binding.address", "0.0.0.0"))
                .host())
        .isEqualTo("127.0.0.1");
  }
}
