package dev.graft.benchmarks.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.benchmarks.attacks.kind.AttackKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AttacksCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      new CommandLine(new AttacksCommand())
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(err, true));

  @Test
  void helpNamesEveryAttack() {
    assertThat(command.execute("--help")).isZero();

    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains(String.join(", ", AttackKind.labels()));
  }

  @Test
  void anAttackThatThereIsNotIsRefusedBeforeAnythingStarts() {
    assertThat(command.execute("--only", "resets,rests")).isEqualTo(2);

    assertThat(err.toString()).contains("There is no attack 'rests'. Take of: resets, cancels");
  }

  @Test
  void noMinutesAreRefused() {
    assertThat(command.execute("--minutes", "0")).isEqualTo(2);

    assertThat(err.toString()).contains("--minutes wants 1 or more");
  }
}
