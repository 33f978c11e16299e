package dev.graft.testkit.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Why messages were not answered, and how often; texts that differ in their values are one. */
final class Reasons {
  private static final int LONGEST = 1_000;

  /** What is between quotes, and numbers. */
  private static final Pattern VALUE =
      Pattern.compile("'[^']*'|\"[^\"]*\"|`[^`]*`|-?\\d+(\\.\\d+)?");

  private record Reason(String example, int times) {}

  private final Map<String, Reason> byText = new LinkedHashMap<>();

  void add(String text) {
    byText.merge(
        VALUE.matcher(text).replaceAll("?"),
        new Reason(text, 1),
        (before, one) -> new Reason(before.example(), before.times() + 1));
  }

  /** A sentence about the most frequent reason; empty if there is none. */
  String commonest() {
    return byText.values().stream()
        .reduce((one, other) -> other.times() > one.times() ? other : one)
        .map(reason -> " Most often, " + reason.times() + " times: " + shortened(reason.example()))
        .orElse("");
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
  }
}
