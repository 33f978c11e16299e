package dev.graft.testkit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** Compares what a test expects with what is there. */
final class Comparison {
  private Comparison() {}

  static void same(String what, String expected, String actual) {
    if (!expected.equals(actual)) {
      throw new AssertionFailedError(
          "Not as expected: "
              + what
              + ". It is\n"
              + actual
              + (actual.isEmpty() || actual.endsWith("\n") ? "" : "\n")
              + "and should be\n"
              + expected,
          expected,
          actual);
    }
  }

  /** Compares rows in any order. */
  static void sameRows(
      String what, List<? extends List<?>> expected, List<? extends List<?>> actual) {
    same(what, lines(expected), lines(actual));
  }

  /** Compares rows in any order; floating-point numbers are the same if they are near enough. */
  static void sameRows(
      String what,
      double tolerance,
      List<? extends List<?>> expected,
      List<? extends List<?>> actual) {
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("The tolerance is " + tolerance + ". Give 0 or more.");
    }
    if (!new NearRows(tolerance).same(expected, actual)) {
      same(what + " (within " + tolerance + ")", lines(expected), lines(actual));
    }
  }

  private static String lines(List<? extends List<?>> rows) {
    return rows.stream()
        .map(row -> row.stream().map(Comparison::text).collect(Collectors.joining(" | ", "", "\n")))
        .sorted()
        .collect(Collectors.joining());
  }

  /** A value as text, with its type, so that 1 and "1" differ. */
  static String text(@Nullable Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof byte[] bytes) {
      return "bytes " + Arrays.toString(bytes);
    } else if (value instanceof CharSequence text) {
      return '"' + text.toString() + '"';
    } else if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    } else if (value instanceof List<?> list) {
      List<String> texts = new ArrayList<>();
      list.forEach(element -> texts.add(text(element)));
      return texts.toString();
    }
    return value.getClass().getSimpleName() + " " + value;
  }

  /**
   * Refuses a comparison of rows in a test that never runs on a server: it would seem to pass
   * without being made.
   */
  static void requireServers(boolean serversToo) {
    if (!serversToo) {
      throw new IllegalStateException(
          "There are no rows in memory, and this test runs nowhere else. Annotate it with @OnSpark or"
              + " @ThroughGateway (dev.graft:plugin-testkit-spark).");
    }
  }
}
