package dev.graft.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code graft plugins}. */
@Command(
    name = "plugins",
    description = "Look at plugins: in jars, or in a running server.",
    subcommands = {
      PluginsListCommand.class,
      PluginsDescribeCommand.class,
      PluginsFailuresCommand.class,
      PluginsCheckCommand.class
    },
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class PluginsCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  PluginsCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: " + String.join(", ", spec.subcommands().keySet()));
  }
}
