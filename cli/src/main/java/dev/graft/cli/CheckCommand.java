package dev.graft.cli;

import dev.graft.cli.environment.Distribution;
import dev.graft.cli.environment.Terminal;
import dev.graft.cli.start.ConfiguredHost;
import dev.graft.cli.start.GatewayStart;
import dev.graft.cli.start.Outlook;
import dev.graft.cli.start.SparkStart;
import dev.graft.servers.ConfigurationFile;
import dev.graft.servers.LaunchException;
import dev.graft.servers.SparkRuntime;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code graft check}. */
@Command(
    name = "check",
    description = {
      "Say what a server's start would say, without the server: read the settings, look at the files that they name, and load the plugins.",
      "Plugins are constructed, as a start does it: a Spark server's in a JVM of its own with Spark's class path, in which no Spark runs.",
      "The status is 0 if the server would start, 1 if it would not."
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "A file whose keys begin with graft. or connect.extensions. is a gateway's, any other a Spark server's.",
      "Ports are not looked at, since the server may be running: graft doctor does that."
    },
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      required = true,
      description = "The settings, as serve and gateway take them.")
  private Path conf;

  @Option(names = "--gateway", description = "Take FILE for a gateway's, whatever is in it.")
  private boolean gateway;

  @Option(
      names = "--backend",
      paramLabel = "ADDRESS",
      description =
          "The gateway's backend, whose address is looked at and not called: sc://HOST:PORT/;use_ssl=true.")
  private @Nullable String backend;

  @Option(
      names = "--spark",
      paramLabel = "LINE",
      description = "The Spark line: 3.4, 3.5, 4.0, 4.1 or 4.2 (the Spark of SPARK_HOME, or 4.2).")
  private @Nullable String line;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  CheckCommand() {}

  @Override
  public Integer call() {
    boolean ofGateway = gateway || ConfiguredHost.of(conf) == ConfiguredHost.GATEWAY;
    if (ofGateway && line != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--spark is for a Spark server's settings, and these are a gateway's");
    }
    if (!ofGateway && backend != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--backend is for a gateway's settings, and these are a Spark server's");
    }
    Outlook outlook = ofGateway ? ofGateway() : ofSpark();
    PrintWriter out = spec.commandLine().getOut();
    List<String> lines = json ? List.of(outlook.json()) : outlook.lines();
    lines.forEach(out::println);
    out.flush();
    return outlook.starts() ? 0 : 1;
  }

  /** What plugins print is not to stand in the result. */
  private Outlook ofGateway() {
    PrintStream out = System.out;
    System.setOut(System.err);
    try {
      return GatewayStart.of(conf, Optional.ofNullable(backend));
    } finally {
      System.setOut(out);
    }
  }

  private Outlook ofSpark() {
    Map<String, String> settings;
    try {
      settings = ConfigurationFile.read(conf);
    } catch (LaunchException e) {
      return Outlook.impossible("The Spark server", String.valueOf(e.getMessage()), List.of());
    }
    Distribution distribution = Distribution.current();
    SparkRuntime runtime = SparkChoice.of(line, System.getenv(), Terminal.errors());
    return SparkStart.of(runtime, distribution.sparkJar(), settings);
  }
}
