package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code graft plugins} at a gateway that runs. */
class PluginsCommandTest {
  @TempDir private Path folder;

  private String out = "";
  private String err = "";

  private int plugins(String... options) {
    StringWriter standard = new StringWriter();
    StringWriter error = new StringWriter();
    String[] arguments =
        Stream.concat(Stream.of("plugins"), Arrays.stream(options)).toArray(String[]::new);
    CommandLine command = GraftCommand.commandLine();
    int status =
        command.setOut(new PrintWriter(standard)).setErr(new PrintWriter(error)).execute(arguments);
    out = standard.toString();
    err = error.toString();
    return status;
  }

  @Test
  void whatIsLoadedIsListedDescribedAndItsFailuresAreTold() throws Exception {
    RunningGateway.plugin("One", 1).writeTo(RunningGateway.jar(folder, "one.jar"));
    try (RunningGateway gateway = RunningGateway.start(folder, Map.of())) {
      gateway.refuse();

      assertThat(plugins("list", "--admin", gateway.admin())).isZero();
      assertThat(out)
          .contains("message                      accepted  declined  failed")
          .containsPattern("google.protobuf.StringValue +0 +0 +0 .*one.jar");
      assertThat(plugins("list", "--all", "--admin", gateway.admin())).isZero();
      assertThat(out)
          .contains("Graft in gateway: 1 plugin loaded, 0 refused")
          .contains("Backend 127.0.0.1:1, not asked for its version yet")
          .containsPattern("ExecutePlan +0 +1 +INTERNAL 1");
      assertThat(plugins("list", "--all", "--json", "--admin", gateway.admin())).isZero();
      assertThat(out).startsWith("{\"host\":\"gateway\"").contains("\"traffic\":{");

      assertThat(plugins("describe", "acme.One", "--admin", gateway.admin())).isZero();
      assertThat(out).contains("plugin id One", "SHA-256 ", "offered 0");
      assertThat(plugins("describe", "acme.Two", "--admin", gateway.admin())).isEqualTo(1);
      assertThat(err).contains("No plugin that serves is for acme.Two");

      assertThat(plugins("failures", "--admin", gateway.admin())).isZero();
      assertThat(out)
          .contains("GRAFT_EXTENSION_UNKNOWN")
          .contains("No plugin is loaded for the relation extension");
      assertThat(plugins("failures", "--code", "GRAFT_PLAN_MALFORMED", "--admin", gateway.admin()))
          .isZero();
      assertThat(out).contains("No request was refused by GRAFT_PLAN_MALFORMED.");
    }
  }

  @Test
  void aFolderIsListedWithoutAServer() throws Exception {
    RunningGateway.plugin("One", 1).writeTo(RunningGateway.jar(folder, "one.jar"));
    String plugins = folder.resolve("plugins").toString();

    assertThat(plugins("list", plugins)).as(err).isZero();
    assertThat(out)
        .contains("Graft in gateway: 1 plugin loaded, 0 refused")
        .contains("google.protobuf.StringValue  acme.One");
    assertThat(plugins("list", plugins, "--json")).isZero();
    assertThat(out).contains("\"class\":\"acme.One\"");
    assertThat(plugins("list", plugins + "/none")).isEqualTo(2);
    assertThat(err).contains("There is no " + plugins + "/none");
  }

  @Test
  void withoutASubcommandItSaysWhichThereAre() {
    assertThat(plugins()).isEqualTo(2);
    assertThat(err).contains("Say what to do: list, describe, failures, check");
    assertThat(plugins("--help")).isZero();
    assertThat(out).contains("list", "describe", "failures");
  }
}
