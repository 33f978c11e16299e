package dev.graft.cli.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Text for files has no escape sequences, text for terminals does. */
class TerminalTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private String write(boolean interactive) {
    Terminal terminal =
        new Terminal(new PrintStream(written, true, StandardCharsets.UTF_8), interactive);
    terminal.heading("Rows");
    terminal.tree("Relation\n└─ extension: Any \"acme.v1.TopK\"\n", 2);
    try (Terminal.Work work = terminal.work("Starting")) {
      work.report("12 files");
      work.done("Started");
    }
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aFileGetsPlainLines() {
    assertThat(write(false))
        .doesNotContain("\u001b")
        .contains("Rows", "  └─ extension: Any", "Starting …", "Started");
  }

  @Test
  void aTerminalGetsColoursAndReplacedLines() {
    assertThat(write(true))
        .contains("\u001b[1mRows")
        .contains("\u001b[1;35m└─ extension")
        .contains("\r\u001b[2K");
  }
}
