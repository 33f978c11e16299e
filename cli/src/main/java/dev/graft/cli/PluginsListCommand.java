package dev.graft.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft plugins list}. */
@Command(
    name = "list",
    description = {
      "List the plugins of a running server: each message, and how many calls were accepted, declined and failed, and how long they took.",
      "With --all also what was refused, what has changed on disk, sessions, and in a gateway the calls that pass."
    },
    optionListHeading = "%nOptions:%n",
    footer = {"", AdminAddress.NEEDS},
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class PluginsListCommand implements Callable<Integer> {
  @Mixin private AdminAddress server;

  @Option(names = "--all", description = "The whole status of the server.")
  private boolean all;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  PluginsListCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return server.print("GET", all ? "/" : "/plugins");
  }
}
