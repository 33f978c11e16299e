package dev.graft.cli;

import dev.graft.cli.environment.Distribution;
import dev.graft.cli.environment.Terminal;
import dev.graft.servers.ConfigurationFile;
import dev.graft.servers.SparkRuntime;
import dev.graft.servers.SparkServer;
import dev.graft.servers.SparkServerBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code graft serve}. */
@Command(
    name = "serve",
    description = {
      "Start a Spark Connect server with Graft and leave it running until Ctrl-C.",
      "It takes the Spark of --spark, or else of SPARK_HOME, or else 4.2 from Maven."
    },
    optionListHeading = "%nOptions:%n",
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class ServeCommand implements Callable<Integer> {
  private static final String PORT = "spark.connect.grpc.binding.port";
  private static final String USUAL_PORT = "15002";

  @Spec private CommandSpec spec;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      required = true,
      description =
          "Spark settings in the form of spark-defaults.conf. Relative entries of spark.graft.plugins.path are those beside it.")
  private Path conf;

  @Option(
      names = "--spark",
      paramLabel = "LINE",
      description = "The Spark line: 3.4, 3.5, 4.0, 4.1 or 4.2.")
  private @Nullable String line;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Spark's master, such as spark://host:7077 (spark.master of FILE, or local[*]).")
  private @Nullable String master;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port; 0 takes a free one (" + PORT + " of FILE, or " + USUAL_PORT + ").")
  private @Nullable Integer port;

  @Option(
      names = "--python",
      paramLabel = "PATH",
      description =
          "The Python that runs clients' Python functions. It needs the pyspark of the line"
              + " (spark.pyspark.python of FILE, or PYSPARK_PYTHON, or a python3 on the PATH that has it).")
  private @Nullable String python;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Where the server's log goes (a file that is deleted with the server).")
  private @Nullable Path log;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  ServeCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal = Terminal.standard();
    Map<String, String> settings = ConfigurationFile.read(conf);
    int chosenPort = port(settings);
    Distribution distribution = Distribution.current();
    SparkRuntime runtime = SparkChoice.of(line, System.getenv(), terminal);
    SparkServerBuilder builder =
        new SparkServerBuilder(runtime, distribution.sparkJar())
            .settings(settings)
            .port(chosenPort)
            .directory(Path.of("").toAbsolutePath());
    if (master != null) {
      builder.master(master);
      settings.put("spark.master", master);
    }
    PythonChoice chosenPython = PythonChoice.of(python, settings, System.getenv(), runtime);
    chosenPython.executable().ifPresent(builder::python);
    if (log != null) {
      builder.logFile(log);
    }
    try (SparkServer server = start(builder, runtime, terminal)) {
      terminal.line();
      terminal.block(server.loadReport(), 0);
      terminal.line();
      if (!runtime.choosesAddress()) {
        terminal.line(
            "Spark 3 listens on every address of this machine: keep others out with a firewall.");
      }
      terminal.line("Python   " + chosenPython.said());
      terminal.line("Log      " + server.logFile());
      terminal.line("Connect  " + server.address());
      terminal.line("Ctrl-C stops it.");
      throw server.awaitUnexpectedEnd();
    }
  }

  private static SparkServer start(
      SparkServerBuilder builder, SparkRuntime runtime, Terminal terminal) {
    try (Terminal.Work work = terminal.work("Starting " + runtime)) {
      SparkServer server = builder.start();
      work.done(runtime + " is up");
      return server;
    }
  }

  private int port(Map<String, String> settings) {
    String asked = port == null ? settings.getOrDefault(PORT, USUAL_PORT) : String.valueOf(port);
    try {
      int number = Integer.parseInt(asked);
      if (number >= 0 && number <= 65_535) {
        return number;
      }
    } catch (NumberFormatException e) {
      // goes on to the refusal below, which says what is wanted
    }
    throw new ParameterException(
        spec.commandLine(),
        "The port is '" + asked + "'; it must be a whole number from 0 to 65535");
  }
}
