package dev.graft.cli;

import dev.graft.cli.environment.Distribution;
import dev.graft.cli.environment.MavenRepository;
import dev.graft.cli.environment.Terminal;
import dev.graft.cli.project.PluginProject;
import dev.graft.cli.project.ProjectFiles;
import dev.graft.spi.ExtensionKind;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graft new}. */
@Command(
    name = "new",
    description = {
      "Write a plugin project: Maven, a message, a plugin for it, its tests and a README.",
      "Its 'mvn verify' passes as it is, and 'graft serve' loads its jar."
    },
    parameterListHeading = "%nName:%n",
    optionListHeading = "%nOptions:%n",
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class NewCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      description = "Lower-case words with dashes between them, such as top-rows.")
  private String name;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "The Java package of its classes (com.example.NAME without the dashes).")
  private @Nullable String packageName;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The project's folder, which must be empty or not there (NAME).")
  private @Nullable Path out;

  @ArgGroup private @Nullable Named message;

  /** What the message stands for, and its name. */
  private static final class Named {
    @Option(
        names = "--relation",
        paramLabel = "MESSAGE",
        description =
            "Its message, such as TopRows, stands for a relation (the default, named after NAME).")
    private @Nullable String relation;

    @Option(
        names = "--expression",
        paramLabel = "MESSAGE",
        description = "Its message stands for a column.")
    private @Nullable String expression;

    @Option(
        names = "--command",
        paramLabel = "MESSAGE",
        description = "Its message stands for something to do.")
    private @Nullable String command;
  }

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  NewCommand() {}

  @Override
  public Integer call() {
    Terminal terminal = Terminal.standard();
    Path folder = out == null ? Path.of(name) : out;
    try {
      ProjectFiles files = new ProjectFiles(project());
      files.writeTo(folder);
      files.texts().keySet().forEach(file -> terminal.line(folder.resolve(file).toString()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    terminal.line();
    MavenRepository repository = MavenRepository.ofUser();
    if (!repository.hasGraft() || Distribution.version().endsWith("-SNAPSHOT")) {
      if (repository.putGraft(Distribution.current())) {
        terminal.line("Put Graft " + Distribution.version() + " into " + repository.folder() + ".");
      } else if (!repository.hasGraft()) {
        terminal.line(
            "Maven has no Graft "
                + Distribution.version()
                + " in its repository yet. Put it there first, in Graft's folder: mvn -DskipTests install");
      }
    }
    terminal.line("Next: cd " + folder + " && mvn verify");
    return 0;
  }

  private PluginProject project() {
    String inPackage = packageName == null ? PluginProject.packageOf(name) : packageName;
    if (message == null) {
      return new PluginProject(
          name, inPackage, ExtensionKind.RELATION, PluginProject.messageOf(name));
    } else if (message.relation != null) {
      return new PluginProject(name, inPackage, ExtensionKind.RELATION, message.relation);
    } else if (message.expression != null) {
      return new PluginProject(name, inPackage, ExtensionKind.EXPRESSION, message.expression);
    }
    return new PluginProject(
        name, inPackage, ExtensionKind.COMMAND, String.valueOf(message.command));
  }
}
