package dev.graft.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code graft dist}, for its help: the script {@code graft} does the work, since it builds this.
 */
@Command(
    name = "dist",
    description = {
      "Build what others install: graft-VERSION.tar.gz and .zip in dist/target, with SHA256SUMS,",
      "and the clients' packages. The same sources give the same bytes. Only in Graft's own folder."
    },
    optionListHeading = "%nOptions:%n",
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class DistCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  DistCommand() {}

  @Override
  public Integer call() {
    spec.commandLine()
        .getErr()
        .println(
            "graft: A distribution is built by the script graft in Graft's folder: ./graft dist.");
    return ExitCode.SOFTWARE;
  }
}
