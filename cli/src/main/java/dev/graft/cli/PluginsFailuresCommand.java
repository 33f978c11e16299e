package dev.graft.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft plugins failures}. */
@Command(
    name = "failures",
    description = {
      "Tell the last 200 requests that a running server refused: when, by which code, what the client was told, and whose it was."
    },
    optionListHeading = "%nOptions:%n",
    footer = {"", AdminAddress.NEEDS},
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class PluginsFailuresCommand implements Callable<Integer> {
  @Mixin private AdminAddress server;

  @Option(
      names = "--code",
      paramLabel = "CODE",
      defaultValue = "",
      description = "Only those of one code, such as GRAFT_PLUGIN_FAILED.")
  private String code;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  PluginsFailuresCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return server.print("GET", "/failures?code=" + URLEncoder.encode(code, StandardCharsets.UTF_8));
  }
}
