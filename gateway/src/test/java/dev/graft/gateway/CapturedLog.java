package dev.graft.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Predicate;

/** What is logged while it is open; the tests' logging writes to standard error. */
final class CapturedLog implements AutoCloseable {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  CapturedLog() {
    System.setErr(new PrintStream(text, true, UTF_8));
  }

  String text() {
    return text.toString(UTF_8);
  }

  /** The lines of a logger, without what stands before the message. */
  List<String> lines(String logger) {
    return text()
        .lines()
        .filter(line -> line.contains(logger + " - "))
        .map(line -> line.substring(line.indexOf(logger) + logger.length() + 3))
        .toList();
  }

  /** Waits until the log is as it should be. */
  void await(Predicate<CapturedLog> wanted) throws InterruptedException {
    long begin = System.nanoTime();
    while (!wanted.test(this)) {
      if (System.nanoTime() - begin > Patience.LIMIT.toNanos()) {
        throw new AssertionError("It was not logged. The log is:\n" + text());
      }
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    System.setErr(before);
  }
}
