package dev.graft.registry.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** What is logged while it is open; the tests' logging writes to standard error. */
public final class CapturedLog implements AutoCloseable {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  /** Until it is closed. */
  public CapturedLog() {
    System.setErr(new PrintStream(text, true, UTF_8));
  }

  /** The warnings of loading and unloading, without what stands before the message. */
  public List<String> warnings() {
    return warnings("dev.graft");
  }

  /** The warnings of a logger, without what stands before the message. */
  public List<String> warnings(String logger) {
    return lines("WARN " + logger + " - ");
  }

  /** The errors of Graft, in the same way. */
  public List<String> errors() {
    return lines("ERROR dev.graft - ");
  }

  private List<String> lines(String begin) {
    return text.toString(UTF_8)
        .lines()
        .filter(line -> line.contains(begin))
        .map(line -> line.substring(line.indexOf(begin) + begin.length()))
        .toList();
  }

  /** Has the collector run until there is a warning that holds a text, which it returns. */
  public String await(String part) throws InterruptedException {
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
