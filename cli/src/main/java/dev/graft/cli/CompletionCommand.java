package dev.graft.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graft completion}. */
@Command(
    name = "completion",
    description = {
      "Print what makes a shell complete the arguments of graft.",
      "",
      "bash and zsh: eval \"$(graft completion bash)\" in .bashrc or .zshrc",
      "fish: graft completion fish > ~/.config/fish/completions/graft.fish"
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class CompletionCommand implements Callable<Integer> {
  /** The shells, as their names are given. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  private Shell shell;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  CompletionCommand() {}

  @Override
  public Integer call() {
    CommandLine graft = spec.root().commandLine();
    spec.commandLine()
        .getOut()
        .print(
            shell == Shell.fish
                ? new FishCompletion(graft).script()
                : AutoComplete.bash(spec.root().name(), graft)); // zsh reads it as well
    spec.commandLine().getOut().flush();
    return 0;
  }
}
