package dev.graft.cli.doctor;

import dev.graft.registry.error.GraftException;
import dev.graft.registry.report.Values;
import java.util.Map;
import java.util.Objects;

/**
 * What a look at one thing has found.
 *
 * @param level how it is
 * @param about the thing, in a word or two
 * @param text what was found
 * @param advice what to do about it; empty where all is well, or {@code text} says it already
 */
public record Finding(Level level, String about, String text, String advice) {
  /** How something is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** It may do harm, now or later. */
    WARNING,
    /** It keeps something from working. */
    PROBLEM
  }

  public Finding {
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(about, "about");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(advice, "advice");
  }

  static Finding ok(String about, String text) {
    return new Finding(Level.OK, about, text, "");
  }

  static Finding warning(String about, String text, String advice) {
    return new Finding(Level.WARNING, about, text, advice);
  }

  static Finding problem(String about, String text, String advice) {
    return new Finding(Level.PROBLEM, about, text, advice);
  }

  /** A refusal, whose text says what to do. */
  static Finding problem(String about, GraftException refusal) {
    return problem(about, refusal.text(), "");
  }

  /** For people: one line. */
  String line() {
    return String.format(
            "%-9s%-13s%s", level.name().toLowerCase(java.util.Locale.ROOT), about, text)
        + (advice.isEmpty() ? "" : " " + advice);
  }

  /** For programs. */
  Map<String, Object> value() {
    return Values.of(
        "level", level.name().toLowerCase(java.util.Locale.ROOT),
        "about", about,
        "text", text,
        "advice", advice);
  }
}
