package dev.graft.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Spark is found where. */
class SparkRuntimeTest {
  @TempDir private Path home;

  private void jars(String... names) throws IOException {
    Files.createDirectories(home.resolve("jars"));
    for (String name : names) {
      Files.createFile(home.resolve("jars").resolve(name));
    }
  }

  @Test
  void linesHaveTheBuildsVersions() {
    for (SparkLine line : SparkLine.values()) {
      assertThat(line.version()).startsWith(line.number() + ".");
    }
    assertThat(SparkLine.of("3.5").scala()).isEqualTo("2.12");
    assertThat(MavenClassPath.pom(SparkLine.SPARK_4_0))
        .contains("spark-connect_2.13</artifactId><version>" + SparkLine.SPARK_4_0.version() + "<");
    for (SparkLine line : SparkLine.values()) {
      assertThat(MavenClassPath.pom(line))
          .contains("spark-mllib_" + line.scala() + "</artifactId><version>" + line.number() + ".");
    }
  }

  @Test
  void anUnknownLineIsAnsweredWithThoseThereAre() {
    assertThatThrownBy(() -> SparkLine.of("4.3"))
        .hasMessage("There is no Spark line '4.3'. Choose one of 3.4, 3.5, 4.0, 4.1, 4.2.");
  }

  @Test
  void anInstallationHasItsVersionFromTheConnectJar() throws IOException {
    jars(
        "spark-core_2.13-4.0.1.jar",
        "spark-connect_2.13-4.0.1.jar",
        "spark-connect-common_2.13-4.0.1.jar",
        "notes.txt");
    SparkRuntime runtime = SparkRuntime.ofHome(home, Map.of("HADOOP_CONF_DIR", "/etc/hadoop"));
    assertThat(runtime.version()).isEqualTo("4.0.1");
    assertThat(runtime.classPath())
        .startsWith(home.resolve("conf"))
        .endsWith(Path.of("/etc/hadoop"))
        .doesNotContain(home.resolve("jars/notes.txt"))
        .hasSize(5);
    assertThat(runtime.choosesAddress()).isTrue();
  }

  @Test
  void anInstallationsDefaultsAreRead() throws IOException {
    jars("spark-connect_2.12-3.5.7.jar");
    Path conf = Files.createDirectories(home.resolve("other"));
    Files.writeString(conf.resolve("spark-defaults.conf"), "spark.executor.memory  2g");
    SparkRuntime runtime = SparkRuntime.ofHome(home, Map.of("SPARK_CONF_DIR", conf.toString()));
    assertThat(runtime.defaults()).containsEntry("spark.executor.memory", "2g");
    assertThat(runtime.choosesAddress()).isFalse();
  }

  @Test
  void anInstallationWithoutConnectIsToldWhichJarIsMissing() throws IOException {
    jars("spark-core_2.12-3.5.7.jar");
    assertThatThrownBy(() -> SparkRuntime.ofHome(home, Map.of()))
        .hasMessageContaining("Put org.apache.spark:spark-connect_2.12:3.5.7 there");
  }

  @Test
  void aFolderThatIsNoInstallationIsNamed() {
    assertThatThrownBy(() -> SparkRuntime.ofHome(home, Map.of()))
        .isInstanceOfSatisfying(
            LaunchException.class,
            e -> assertThat(e.code()).isEqualTo(LaunchException.Code.SPARK_HOME_INVALID))
        .hasMessageContaining(home.toString());
  }
}
