package dev.graft.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a file of settings is read. */
class ConfigurationFileTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("graft.properties"), text);
  }

  @Test
  void keysAndValuesMayBeSeparatedAsInSparksOwnFiles() throws IOException {
    assertThat(
            ConfigurationFile.read(
                file("# a comment\nspark.a = 1 \nspark.b   two words\nspark.c:x\n")))
        .containsOnly(
            Map.entry("spark.a", "1"),
            Map.entry("spark.b", "two words"),
            Map.entry("spark.c", "x"));
  }

  @Test
  void relativePluginFoldersAreThoseBesideTheFile() throws IOException {
    Path file = file("spark.graft.plugins.path = plugins, ../more ,/absolute/one");
    assertThat(ConfigurationFile.read(file))
        .containsEntry(
            "spark.graft.plugins.path",
            folder.resolve("plugins") + "," + folder.resolveSibling("more") + ",/absolute/one");
  }

  @Test
  void aKeyThatSparkWouldIgnoreIsRefused() throws IOException {
    Path file = file("graft.plugins.path = plugins");
    assertThatThrownBy(() -> ConfigurationFile.read(file))
        .isInstanceOfSatisfying(
            LaunchException.class,
            e -> assertThat(e.code()).isEqualTo(LaunchException.Code.CONFIGURATION_UNREADABLE))
        .hasMessage(
            "The configuration %s cannot be read: the key 'graft.plugins.path' does not begin with 'spark.'; each line is a key of"
                + " Spark's and a value.",
            file);
  }

  @Test
  void anInstallationsDefaultsMayHaveSuchKeys() throws IOException {
    assertThat(ConfigurationFile.readDefaults(file("other = 1\nspark.a = 2")))
        .containsOnlyKeys("spark.a");
  }

  @Test
  void aFolderIsNoFile() {
    assertThatThrownBy(() -> ConfigurationFile.read(folder))
        .hasMessageEndingWith("it is not a file.");
  }

  @Test
  void bytesThatAreNotUtf8AreNamed() throws IOException {
    Path file =
        Files.write(
            folder.resolve("latin.properties"),
            new byte[] {'a', (byte) 0xe9, (byte) 0xff, '=', '1'});
    assertThatThrownBy(() -> ConfigurationFile.read(file))
        .hasMessageEndingWith("it is not UTF-8 text.");
  }

  @Test
  void aBrokenEscapeIsNamed() throws IOException {
    Path file = file("spark.a = \\u12");
    assertThatThrownBy(() -> ConfigurationFile.read(file))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("Malformed");
  }
}
