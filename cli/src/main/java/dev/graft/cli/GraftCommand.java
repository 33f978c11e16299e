package dev.graft.cli;

import dev.graft.cli.environment.Distribution;
import dev.graft.encoder.RequestFailedException;
import dev.graft.generate.error.GenerationException;
import dev.graft.registry.error.GraftException;
import dev.graft.servers.LaunchException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command without a subcommand. Exit status: 0 if all is well, 1 if the work failed, 2 if the
 * arguments cannot be understood.
 */
@Command(
    name = "graft",
    description = "Server extensions for Spark Connect.",
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class,
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      GatewayCommand.class,
      ReloadCommand.class,
      HealthCommand.class,
      PluginsCommand.class,
      CheckCommand.class,
      DoctorCommand.class,
      GenerateCommand.class,
      NewCommand.class,
      TestCommand.class,
      DistCommand.class,
      CompletionCommand.class,
      ProtocPluginCommand.class
    },
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "'graft COMMAND --help' tells more of one command. NO_COLOR=1 switches colours off."
    })
public final class GraftCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "With an error, print where in the code it arose.")
  @SuppressWarnings("UnusedVariable") // read from the parse result, since it may stand anywhere
  private boolean stacktrace;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  GraftCommand() {}

  /** Runs the command and ends this JVM with its status. */
  public static void main(String[] arguments) {
    Logging.setUp(List.of(arguments));
    System.exit(commandLine().execute(arguments));
  }

  /** The command with all its subcommands, whose errors are one line. */
  static CommandLine commandLine() {
    return new CommandLine(new GraftCommand())
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(GraftCommand::explain)
        .setExecutionExceptionHandler(GraftCommand::report);
  }

  private static int explain(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .println(
            "graft: "
                + oneLine(String.valueOf(e.getMessage()))
                + ". See '"
                + command.getCommandSpec().qualifiedName()
                + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  private static int report(Exception e, CommandLine command, CommandLine.ParseResult result) {
    PrintWriter err = command.getErr();
    if (result.expandedArgs().contains("--stacktrace")) {
      e.printStackTrace(err);
    }
    if (e instanceof LaunchException launch) {
      launch.log().forEach(line -> err.println("  | " + line));
    }
    boolean expected =
        e instanceof LaunchException
            || e instanceof RequestFailedException
            || e instanceof GraftException
            || e instanceof GenerationException;
    err.println(
        "graft: "
            + oneLine(
                expected ? String.valueOf(e.getMessage()) : e + ". --stacktrace shows where."));
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ").replaceFirst("\\.$", "");
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: demo, serve, gateway, reload, health, plugins, check, doctor, generate, new, test or dist.");
  }

  /** Graft's version, for {@code --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"graft " + Distribution.version()};
    }
  }
}
