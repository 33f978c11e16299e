package dev.graft.benchmarks.attacks;

import dev.graft.benchmarks.attacks.kind.AttackKind;
import dev.graft.benchmarks.build.BuildFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code attacks}. Exit status: 0 if all is as wanted, 1 if not, 2 if the arguments cannot be
 * understood.
 */
@Command(
    name = "attacks",
    description = {
      "Attack a gateway that is started as its operator starts it, and measure a",
      "client beside it. Each attack by itself for some seconds, or with --minutes all",
      "of them, some at once."
    },
    footer = {
      "",
      "Exits with 1 where calls beside an attack take more than 5 times as long as",
      "before, or after it more than 1.2 times; where a call of the client beside",
      "fails; where the gateway runs out of memory, or a minute later has more memory,",
      "threads, descriptors, streams or plans than before."
    })
public final class AttacksCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Option(names = "--minutes", paramLabel = "N", description = "Mix all attacks for so long.")
  private @Nullable Integer minutes;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Decides all that is left to chance (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Only these attacks: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Names.class)
  private List<String> only;

  @Option(
      names = "--heap",
      paramLabel = "MB",
      defaultValue = "512",
      description = "The gateway's heap (${DEFAULT-VALUE}).")
  private int heap;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  AttacksCommand() {}

  /** Runs the command and returns its exit status. */
  public static int run(String... arguments) {
    return new CommandLine(new AttacksCommand()).execute(arguments);
  }

  /** What {@code --only} takes. */
  static final class Names implements Iterable<String> {
    @Override
    public java.util.Iterator<String> iterator() {
      return AttackKind.labels().iterator();
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<AttackKind> kinds = kinds();
    if (minutes != null && minutes < 1) {
      throw new ParameterException(spec.commandLine(), "--minutes wants 1 or more");
    }
    say("Starting the gateways, the backend and the attacker");
    try (Arena arena = Arena.open(heap, builtin(), kinds)) {
      if (minutes != null) {
        MixedResults results = new Mixed(arena, Mixed.Effort.minutes(minutes), kinds, seed).run();
        print(results.markdown());
        return results.met() ? 0 : 1;
      }
      AttackResults results = new OneByOne(arena, OneByOne.Effort.USUAL).run(kinds, seed);
      print(results.markdown());
      return results.met() ? 0 : 1;
    }
  }

  private static void print(String tables) {
    System.out.println();
    System.out.print(tables);
  }

  private List<AttackKind> kinds() {
    if (only == null) {
      return Arrays.asList(AttackKind.values());
    }
    return only.stream()
        .map(
            name ->
                AttackKind.named(name)
                    .orElseThrow(
                        () ->
                            new ParameterException(
                                spec.commandLine(),
                                "There is no attack '%s'. Take of: %s"
                                    .formatted(name, String.join(", ", AttackKind.labels())))))
        .toList();
  }

  /** Where the build of this module puts it. */
  private static Path builtin() {
    return BuildFolder.path().resolve("plugins").resolve("plugins-builtin.jar");
  }

  /** A line about what is done now. */
  static void say(String what) {
    System.err.println(what);
  }
}
