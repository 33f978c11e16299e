package dev.graft.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.spi.ExtensionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names and files of a new project. */
class PluginProjectTest {
  @ParameterizedTest
  @CsvSource({
    "top-rows, com.example.toprows, TopRows, top_rows",
    "mask, com.example.mask, Mask, mask",
    "top-rows-plugin, com.example.toprowsplugin, TopRows, top_rows",
    "plugin, com.example.plugin, Plugin, plugin",
    "as-of-2, com.example.asof2, AsOf2, as_of2",
    "switch, com.example.switch_plugin, Switch, switch"
  })
  void namesFollowFromOne(String name, String packageName, String message, String operation) {
    PluginProject project = PluginProject.named(name);

    assertThat(project.packageName()).isEqualTo(packageName);
    assertThat(project.messageName()).isEqualTo(message);
    assertThat(project.operation()).isEqualTo(operation);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Top", "top_rows", "-top", "top-", "top--rows", "../top", "2top", "größe"})
  void whatIsNoNameIsRefused(String name) {
    assertThatThrownBy(() -> PluginProject.named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "' is no name for a plugin. Give lower-case words");
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "relation", "optional-plugin"})
  void aMessageThatWouldHideAClassOfTheProjectIsRefused(String name) {
    assertThatThrownBy(() -> PluginProject.named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("would hide a class that the project uses")
        .hasMessageEndingWith("such as My" + PluginProject.messageOf(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "com.", "Com.example", "com.new.rows", "com/example", "dev.graft.mine"})
  void whatIsNoPackageOfOnesOwnIsRefused(String packageName) {
    assertThatThrownBy(() -> new PluginProject("top", packageName, ExtensionKind.RELATION, "Top"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + packageName + "'");
  }

  @ParameterizedTest
  @CsvSource({"Nearby, nearby", "TopRows, top_rows", "SQLText, sql_text", "AsOf2, as_of2"})
  void anAuthorNamesTheMessage(String message, String operation) {
    PluginProject project =
        new PluginProject("geo", "com.acme.geo", ExtensionKind.EXPRESSION, message);
    Map<String, String> files = new ProjectFiles(project).texts();

    assertThat(project.operation()).isEqualTo(operation);
    assertThat(files.get("src/main/resources/META-INF/services/dev.graft.api.ExpressionPlugin"))
        .isEqualTo("com.acme.geo." + message + "Plugin\n");
    assertThat(files.get("src/main/protobuf/com/acme/geo/v1/" + operation + ".proto"))
        .contains("message " + message + " {", "{kind: EXPRESSION}");
    assertThat(files.get("README.md")).contains("extensions(spark)." + operation + "(");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nearby", "Near_by", "Near by", "Nähe", "../Near"})
  void whatIsNoMessageIsRefused(String message) {
    assertThatThrownBy(
            () -> new PluginProject("geo", "com.acme.geo", ExtensionKind.RELATION, message))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + message + "' is no name for a message");
  }

  @Test
  void noPlaceholderIsLeftAndVersionsArePinned() {
    Map<String, String> files = new ProjectFiles(PluginProject.named("top-rows")).texts();

    assertThat(files.values()).allSatisfy(text -> assertThat(text).doesNotContain("{{", "}}"));
    assertThat(files.get("pom.xml"))
        .contains("<artifactId>top-rows</artifactId>", "${graft.version}")
        .containsPattern("<graft.version>\\d+\\.\\d+\\.\\d+")
        .doesNotContain("LATEST", "<parent>");
    assertThat(files.get("src/main/resources/META-INF/services/dev.graft.api.RelationPlugin"))
        .isEqualTo("com.example.toprows.TopRowsPlugin\n");
    assertThat(files).containsKey("src/main/protobuf/com/example/toprows/v1/top_rows.proto");
  }

  @Test
  void whatIsThereIsNotOverwritten(@TempDir Path folder) throws IOException {
    Path mine = Files.writeString(folder.resolve("mine.txt"), "mine");
    ProjectFiles files = new ProjectFiles(PluginProject.named("top-rows"));

    assertThatThrownBy(() -> files.writeTo(folder))
        .hasMessage(folder + " is there already and not empty. Choose another place with --out");
    assertThat(folder).isDirectoryContaining(mine::equals);
    try (var all = Files.list(folder)) {
      assertThat(all).hasSize(1);
    }
  }
}
