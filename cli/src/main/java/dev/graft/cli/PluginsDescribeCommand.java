package dev.graft.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code graft plugins describe}. */
@Command(
    name = "describe",
    description = {
      "Tell all that a running server knows of one plugin: its jar and digest, its documentation, what came of the calls, why some failed, and how long they took."
    },
    optionListHeading = "%nOptions:%n",
    footer = {"", AdminAddress.NEEDS},
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class PluginsDescribeCommand implements Callable<Integer> {
  @Mixin private AdminAddress server;

  @Parameters(
      paramLabel = "NAME",
      description = "The full name of a message, such as acme.v1.TopK, or of a plugin's class.")
  private String name;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  PluginsDescribeCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return server.print(
        "GET", "/plugins?message=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
  }
}
