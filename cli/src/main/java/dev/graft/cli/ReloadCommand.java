package dev.graft.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code graft reload}. */
@Command(
    name = "reload",
    description = {
      "Have a running server load its plugins again, from what lies in its plugin folders now.",
      "What has changed is printed, then the load report. If what serves could not serve any more, or something required is refused, the old goes on serving: the status is 1, and the text says why. Another jar that is refused is told, and is no failure."
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      AdminAddress.NEEDS,
      "It keeps the configuration that it was started with: lists of classes and other settings change with a restart."
    },
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class ReloadCommand implements Callable<Integer> {
  @Mixin private AdminAddress server;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  ReloadCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return server.print("POST", "/reload");
  }
}
