package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.graft.cli.environment.Distribution;
import dev.graft.testkit.jar.PluginJar;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts of servers without the servers: of a gateway here, of a Spark in a JVM with its jars. */
class CheckCommandIT {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();

  private int check(String... arguments) {
    List<String> all = new ArrayList<>(List.of("check"));
    all.addAll(List.of(arguments));
    return GraftCommand.commandLine()
        .setOut(new PrintWriter(out))
        .execute(all.toArray(String[]::new));
  }

  private String conf(String... lines) throws IOException {
    return Files.writeString(folder.resolve("graft.properties"), String.join("\n", lines))
        .toString();
  }

  private static String plugins() {
    return Distribution.current().folder().resolve("demo/plugins").toString();
  }

  @Test
  void aGatewayWouldStartWithoutWhatIsRefused() throws Exception {
    String conf =
        conf(
            "graft.plugins.path = " + plugins(),
            "connect.extensions.relation.classes = com.acme.frames.TopKPlugin, no.such.Plugin",
            "connect.extensions.relations.classes = slip");

    assertThat(check("--conf", conf)).isZero();
    assertThat(out.toString())
        .contains("Graft in gateway: 1 plugin loaded, 1 refused")
        .containsPattern("refused +GRAFT_CLASS_MISSING +no.such.Plugin is in no jar")
        .contains("did you mean connect.extensions.relation.classes?")
        .endsWith(
            "The gateway would start, without one plugin that is refused. graft.plugins.required=true makes that an error.\n");

    out.getBuffer().setLength(0);
    Files.writeString(
        Path.of(conf),
        "\ngraft.plugins.required = true\ngraft.gateway.token-file = none\ngraft.admin.port = 0\ngraft.admin.host = 0.0.0.0\n",
        java.nio.file.StandardOpenOption.APPEND);
    assertThat(check("--conf", conf)).isEqualTo(1);
    assertThat(out.toString())
        .contains("\nThe gateway would not start:\n")
        .contains(
            "  [GRAFT_CONFIGURATION_INVALID] The gateway cannot use the bearer tokens of clients in ")
        .contains(
            "  [GRAFT_CONFIGURATION_INVALID] Whoever reaches 0.0.0.0 could reload the plugins.")
        .contains("  [GRAFT_CLASS_MISSING] no.such.Plugin is in no jar");
  }

  @Test
  void settingsThatNobodyKnowsKeepAServerFromStarting() throws Exception {
    assertThat(check("--conf", conf("graft.plugin.path = x"))).isEqualTo(1);
    assertThat(out.toString())
        .isEqualTo(
            "The gateway would not start:\n  [GRAFT_CONFIGURATION_INVALID] There is no setting graft.plugin.path; did you mean graft.plugins.path?\n");
    assertThat(check("--conf", conf("spark.graft.plugins.path = x", "other = y"))).isEqualTo(1);
    assertThat(out.toString()).contains("the key 'other' does not begin with 'spark.'");
  }

  @Test
  void aSparkServersPluginsAreLoadedWithItsClassPath() throws Exception {
    Path jars = Files.createDirectory(folder.resolve("jars"));
    PluginJar.of(
            "public class Broken implements ExtensionPlugin { public Broken() { throw new IllegalStateException(\"no\"); }"
                + " public ExtensionKind kind() { return ExtensionKind.RELATION; }"
                + " public Set<String> messageNames() { return Set.of(\"acme.v1.Broken\"); }"
                + " public Optional<Answer> answer(Extension extension, HostContext context) { return Optional.empty(); } }")
        .service("dev.graft.spi.ExtensionPlugin", "acme.Broken")
        .writeTo(jars.resolve("broken.jar"));
    String conf =
        conf(
            "spark.graft.plugins.path = jars," + plugins(),
            "spark.graft.plugins.discovery = services",
            "spark.graft.plugin.acme-native.required = true");

    assertThat(check("--conf", conf, "--spark", "3.5")).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains("Graft in Spark 3.5.7: 12 plugins loaded, 1 refused")
        .containsPattern("relation +acme.nativeplans.v1.Numbered .*, native, ")
        .containsPattern("refused +GRAFT_CONSTRUCTOR_FAILED")
        .contains(
            "Spark 3.5.7 would start, without one plugin that is refused. spark.graft.plugins.required=true");

    out.getBuffer().setLength(0);
    Files.writeString(
        Path.of(conf),
        "\nspark.graft.plugin.broken.required = true\n",
        java.nio.file.StandardOpenOption.APPEND);
    assertThat(check("--conf", conf, "--spark", "4.2", "--json")).isEqualTo(1);
    JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertThat(json.get("host").getAsString()).isEqualTo("Spark 4.2.0");
    assertThat(json.get("starts").getAsBoolean()).isFalse();
    assertThat(json.getAsJsonArray("obstacles").get(0).getAsString())
        .startsWith("[GRAFT_CONSTRUCTOR_FAILED] The constructor of acme.Broken in ");
    assertThat(json.getAsJsonObject("report").getAsJsonArray("loaded")).hasSize(12);
  }
}
