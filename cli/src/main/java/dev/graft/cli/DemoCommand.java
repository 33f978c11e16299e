package dev.graft.cli;

import dev.graft.cli.demo.Demo;
import dev.graft.cli.environment.Distribution;
import dev.graft.cli.environment.Terminal;
import dev.graft.servers.SparkRuntime;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft demo}. */
@Command(
    name = "demo",
    description = {
      "Show it all: start a real Spark Connect server with plugins, send it a relation, an expression and a command that only the"
          + " plugins know, and print what becomes of them.",
      "It takes the Spark of --spark, or else of SPARK_HOME, or else 4.2 from Maven."
    },
    optionListHeading = "%nOptions:%n",
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--spark",
      paramLabel = "LINE",
      description = "The Spark line: 3.4, 3.5, 4.0, 4.1 or 4.2.")
  private @Nullable String line;

  @Option(
      names = "--gateway",
      description =
          "Run the plugins in a gateway, in front of a server that has nothing of Graft in it.")
  private boolean gateway;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.standard();
    Distribution distribution = Distribution.current();
    SparkRuntime runtime = SparkChoice.of(line, System.getenv(), terminal);
    new Demo(distribution, terminal).run(runtime, gateway);
    return 0;
  }
}
