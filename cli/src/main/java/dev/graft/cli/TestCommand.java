package dev.graft.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code graft test}, for its help: the script {@code graft} runs the tests by itself, since they
 * also test this program.
 */
@Command(
    name = "test",
    description = {
      "Run the full test suite. What draws at random draws the same each time.",
      "A failing test keeps no module from being tested; the exit status is 1 if one has failed."
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class TestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--long",
      description =
          "Draw from a new seed, which is printed, and five times as much: what this finds becomes a fixed case.")
  @SuppressWarnings("UnusedVariable") // read by the script
  private boolean thorough;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Draw from this seed: a whole number (1, and with --long a new one).")
  @SuppressWarnings("UnusedVariable") // read by the script
  private long seed;

  @Option(
      names = "--quick",
      description = "Only what needs no Spark server and is not slow, with a fifth of the trials.")
  @SuppressWarnings("UnusedVariable") // read by the script
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "CLASS",
      description = "Build what one test class needs, and run it, such as CallerTest or GatewayIT.")
  @SuppressWarnings("UnusedVariable") // read by the script
  private String only = "";

  @Parameters(
      paramLabel = "MAVEN-OPTION",
      description = "Passed to Maven, such as -pl gateway -am.")
  @SuppressWarnings("UnusedVariable") // read by the script
  private List<String> options = List.of();

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  TestCommand() {}

  @Override
  public Integer call() {
    spec.commandLine()
        .getErr()
        .println(
            "graft: The tests come with Graft's sources, and are run by the script there: ./graft test.");
    return ExitCode.SOFTWARE;
  }
}
