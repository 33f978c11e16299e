package dev.graft.registry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.registry.error.GraftException;
import dev.graft.registry.lowering.SchemaLimits;
import dev.graft.spi.ExtensionKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryConfigurationTest {
  private static RegistryConfiguration parse(Map<String, String> entries) {
    return RegistryConfiguration.parse(entries, "spark.");
  }

  @Test
  void nothingConfiguredIsNothingToLoad() {
    RegistryConfiguration configuration = parse(Map.of("spark.master", "local", "unrelated", "x"));

    assertThat(configuration.classLists()).allSatisfy((kind, names) -> assertThat(names).isEmpty());
    assertThat(configuration.pluginPath()).isEmpty();
    assertThat(configuration.discovery()).isEqualTo(RegistryConfiguration.Discovery.CLASSES);
    assertThat(configuration.required()).isFalse();
    assertThat(configuration.expansionDepth()).isEqualTo(1024);
    assertThat(configuration.expansionNodes()).isEqualTo(100_000);
    assertThat(configuration.schemaLimits())
        .isEqualTo(new SchemaLimits(100, 1_000, 64 << 20, "spark."));
  }

  @Test
  void schemaLimitsAreRead() {
    RegistryConfiguration configuration =
        parse(
            Map.of(
                "spark.graft.limits.schema-depth", "3",
                "spark.graft.limits.schema-questions", "4",
                "spark.graft.limits.schema-bytes", "5"));

    assertThat(configuration.schemaLimits()).isEqualTo(new SchemaLimits(3, 4, 5, "spark."));
  }

  @Test
  void listsKeepTheirOrderAndLoseTheirBlanks() {
    RegistryConfiguration configuration =
        parse(
            Map.of(
                "spark.connect.extensions.relation.classes", " b.B, ,a.A,b.B,\n c.C ,",
                "spark.graft.plugins.path", "/plugins , /more"));

    assertThat(configuration.classLists().get(ExtensionKind.RELATION))
        .containsExactly("b.B", "a.A", "c.C");
    assertThat(configuration.pluginPath())
        .isEqualTo(List.of(Path.of("/plugins"), Path.of("/more")));
  }

  @Test
  void anotherHostHasTheSameKeysWithoutThePrefix() {
    RegistryConfiguration configuration =
        RegistryConfiguration.parse(
            Map.of("graft.plugins.path", "/plugins", "connect.extensions.command.classes", "a.A"),
            "");

    assertThat(configuration.pluginPath()).containsExactly(Path.of("/plugins"));
    assertThat(configuration.classLists().get(ExtensionKind.COMMAND)).containsExactly("a.A");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spark.graft.plugins.discovery | all | classes, services or both",
        "spark.graft.plugins.discovery | Classes | classes, services or both",
        "spark.graft.plugins.required | yes | true or false",
        "spark.graft.plugin.acme.required | 1 | true or false",
        "spark.graft.plugin.acme.link-check | off | true or false",
        "spark.graft.limits.expansion-depth | 0 | a whole number from 1 to 2147483647",
        "spark.graft.limits.expansion-depth | -1 | a whole number from 1 to 2147483647",
        "spark.graft.limits.expansion-nodes | 1e6 | a whole number from 1 to 2147483647",
        "spark.graft.limits.expansion-nodes | 2147483648 | a whole number from 1 to 2147483647",
        "spark.graft.limits.schema-depth | 0 | a whole number from 1 to 2147483647",
        "spark.graft.limits.schema-questions | many | a whole number from 1 to 2147483647",
        "spark.graft.limits.schema-bytes | 64m | a whole number from 1 to 2147483647",
      })
  void aValueThatCannotBeUnderstoodIsRefusedWithWhatIsWanted(
      String key, String value, String wanted) {
    assertThatThrownBy(() -> parse(Map.of(key, value)))
        .isInstanceOf(GraftException.class)
        .hasMessage(
            "[GRAFT_CONFIGURATION_INVALID] "
                + key
                + " is '"
                + value
                + "'; it must be "
                + wanted
                + ".");
  }

  @Test
  void aPathThatNoFileSystemKnowsIsRefused() {
    assertThatThrownBy(() -> parse(Map.of("spark.graft.plugins.path", "/plugins\0x")))
        .isInstanceOf(GraftException.class)
        .hasMessageStartingWith(
            "[GRAFT_CONFIGURATION_INVALID] spark.graft.plugins.path is '/plugins?x'; it must be ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spark.graft.plugin.path | ; did you mean spark.graft.plugins.path?",
        "spark.graft.limits.expansion-dept | ; did you mean spark.graft.limits.expansion-depth?",
        "spark.graft.zzz | . There are spark.graft.admin.host, spark.graft.admin.port, ",
      })
  void aKeyThatNobodyReadsIsRefusedWithTheNearest(String key, String advice) {
    assertThatThrownBy(() -> parse(Map.of(key, "7")))
        .isInstanceOf(GraftException.class)
        .hasMessageStartingWith(
            "[GRAFT_CONFIGURATION_INVALID] There is no setting " + key + advice.stripTrailing());
  }

  @Test
  void packagesThatAPluginTakesFromTheServerAreNoSettingOfItsOwn() {
    RegistryConfiguration configuration =
        parse(Map.of("spark.graft.plugin.acme.host-packages", " org.example., com.graphs.v2. "));

    assertThat(configuration.settingsOf("acme").hostPackages())
        .containsExactly("org.example.", "com.graphs.v2.");
    assertThat(configuration.settingsOf("acme").own()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.example", "*", ".", "org..example.", "org/example/"})
  void whatIsNoPackageIsRefused(String name) {
    assertThatThrownBy(
            () -> parse(Map.of("spark.graft.plugin.acme.host-packages", "org.good.," + name)))
        .isInstanceOf(GraftException.class)
        .hasMessage(
            "[GRAFT_CONFIGURATION_INVALID] spark.graft.plugin.acme.host-packages is 'org.good.,"
                + name
                + "'; it must be made of packages such as org.example. with the dot at the end.");
  }

  @Test
  void aPluginsOwnSettingsOverrideTheGeneralOnes() {
    RegistryConfiguration configuration =
        parse(
            Map.of(
                "spark.graft.plugins.required",
                "true",
                "spark.graft.plugin.acme.required",
                "false",
                "spark.graft.plugin.acme.url",
                "x"));

    assertThat(configuration.settingsOf("acme"))
        .isEqualTo(
            new RegistryConfiguration.PluginSettings(false, true, List.of(), Map.of("url", "x")));
    assertThat(configuration.settingsOf("other"))
        .isEqualTo(new RegistryConfiguration.PluginSettings(true, true, List.of(), Map.of()));
  }
}
