package dev.graft.cli;

import dev.graft.cli.environment.Terminal;
import dev.graft.gateway.BackendAddress;
import dev.graft.gateway.Gateway;
import dev.graft.gateway.GatewayFile;
import dev.graft.gateway.GatewaySettings;
import dev.graft.gateway.StopSignals;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code graft gateway}. */
@Command(
    name = "gateway",
    description = {
      "Stand in front of a Spark Connect server that has no plugins, until Ctrl-C.",
      "Extensions in plans are replaced by standard plans; everything else passes as it is."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nA FILE, with the jars in the folder plugins beside it:%n",
    footer = {
      "  graft.plugins.path = plugins",
      "  connect.extensions.relation.classes = com.acme.frames.TopKPlugin",
      "  graft.gateway.max-message-bytes = 268435456",
      "",
      "docs/configuration.md lists the keys that begin with graft.gateway. Clients connect to the address that is printed."
    },
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class GatewayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--backend",
      paramLabel = "ADDRESS",
      required = true,
      description =
          "The server behind: sc://HOST:PORT/;token=TOKEN;use_ssl=true. Without a token it gets the clients' own.")
  private String backend;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      required = true,
      description =
          "Settings as for serve, without spark. in front. Relative entries of graft.plugins.path are those beside the file.")
  private Path conf;

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "The port; 0 takes a free one (graft.gateway.port of FILE, or 15002). Other machines reach it only with graft.gateway.host.")
  private @Nullable Integer port;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  GatewayCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal = Terminal.standard();
    Map<String, String> entries = GatewayFile.read(conf);
    GatewaySettings settings = GatewaySettings.parse(entries);
    if (port != null) {
      if (port < 0 || port > 65_535) {
        throw new ParameterException(
            spec.commandLine(),
            "The port is '" + port + "'; it must be a whole number from 0 to 65535");
      }
      settings = settings.withPort(port);
    }
    BackendAddress behind = BackendAddress.parse(backend);
    Gateway gateway = Gateway.start(settings, entries, behind);
    StopSignals.stop(gateway);
    terminal.block(gateway.reportText(), 0);
    terminal.line();
    terminal.line("Backend  " + behind);
    terminal.line("Connect  " + gateway.address());
    terminal.line("Ctrl-C stops it when its calls have ended; a second one stops it at once.");
    gateway.awaitEnd();
    return 0;
  }
}
