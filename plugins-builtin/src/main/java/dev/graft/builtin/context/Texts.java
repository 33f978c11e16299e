package dev.graft.builtin.context;

import dev.graft.builtin.option.OptionCheck;

/** Texts that a client may set: they are part of every job's events, and of the web UI. */
final class Texts {
  private static final int LONGEST = 1_000;

  private Texts() {}

  /** Refuses a text that is too long, or has control characters. */
  static void check(OptionCheck check, String option, String text) {
    if (text.length() > LONGEST) {
      throw check.refusal(option, text, "Give at most " + LONGEST + " characters");
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw check.refusal(
          option, text.replaceAll("\\p{Cntrl}", "?"), "Leave the control characters out");
    }
  }
}
