package dev.graft.registry.unload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** What is logged while it is open; the tests' logging writes to standard error. */
final class CapturedLog implements AutoCloseable {
  private static final String LOGGER = "WARN dev.graft - ";

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  CapturedLog() {
    System.setErr(new PrintStream(text, true, UTF_8));
  }

  /** The warnings, without what stands before the message. */
  List<String> warnings() {
    return text.toString(UTF_8)
        .lines()
        .filter(line -> line.contains(LOGGER))
        .map(line -> line.substring(line.indexOf(LOGGER) + LOGGER.length()))
        .toList();
  }

  /** Has the collector run until there is a warning that holds a text, which it returns. */
  String await(String part) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      for (String warning : warnings()) {
        if (warning.contains(part)) {
          return warning;
        }
      }
      System.gc();
      Thread.sleep(50);
    }
    throw new AssertionError("No warning has '" + part + "'. The log is:\n" + text.toString(UTF_8));
  }

  @Override
  public void close() {
    System.setErr(before);
  }
}
