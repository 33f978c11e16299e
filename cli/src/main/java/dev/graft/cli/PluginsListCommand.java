package dev.graft.cli;

import dev.graft.gateway.StartCheck;
import dev.graft.registry.report.Json;
import dev.graft.registry.report.LoadReport;
import dev.graft.registry.report.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graft plugins list}. */
@Command(
    name = "list",
    description = {
      "List the plugins of a running server: each message, and how many calls were accepted, declined and failed, and how long they took.",
      "With --all also what was refused, what has changed on disk, sessions, and in a gateway the calls that pass.",
      "Of folders or jars, what a gateway would load by their services files; native plugins are told as refused there. Their constructors run. The status is 1 if something is refused."
    },
    optionListHeading = "%nOptions:%n",
    footer = {"", AdminAddress.NEEDS},
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class PluginsListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private AdminAddress server;

  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..*",
      description = "Folders of plugin jars, or jars, in place of a running server.")
  private List<Path> folders = List.of();

  @Option(names = "--all", description = "The whole status of the server.")
  private boolean all;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  PluginsListCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return folders.isEmpty() ? server.print("GET", all ? "/" : "/plugins") : list();
  }

  private int list() {
    for (Path folder : folders) {
      if (!Files.exists(folder)) {
        throw new ParameterException(spec.commandLine(), "There is no " + folder);
      }
    }
    LoadReport report =
        StartCheck.plugins(
            Map.of(
                "graft.plugins.path",
                folders.stream().map(Path::toString).collect(Collectors.joining(",")),
                "graft.plugins.discovery",
                "services"));
    spec.commandLine()
        .getOut()
        .println(server.json() ? Json.of(Values.report(report)) : report.text());
    spec.commandLine().getOut().flush();
    return report.refused().isEmpty() ? 0 : 1;
  }
}
