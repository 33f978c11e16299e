package dev.graft.registry.error;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Words that came from a client, made fit for a message: short, on one line, and compared with the
 * names that exist.
 */
public final class ClientText {
  /** Longer names are cut: a type URL may be as long as the request. */
  private static final int LONGEST = 200;

  private ClientText() {}

  /**
   * The text with a question mark for each control or format character. Of a longer one these are
   * the first 200 characters, and how many it has.
   */
  public static String quote(String text) {
    String head =
        text.length() > LONGEST
            ? text.substring(0, LONGEST) + "… (" + text.length() + " characters)"
            : text;
    return head.codePoints()
        .map(
            point ->
                Character.isISOControl(point) || Character.getType(point) == Character.FORMAT
                    ? '?'
                    : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /**
   * The names nearest to what was asked for, nearest first, at most three; those that differ in
   * more than half of their characters don't count.
   */
  public static List<String> closest(String asked, Collection<String> names) {
    String head = asked.length() > LONGEST ? asked.substring(0, LONGEST) : asked;
    record Candidate(String name, int distance) {}
    return names.stream()
        .map(name -> new Candidate(name, distance(head, name)))
        .filter(
            candidate ->
                candidate.distance() * 2 <= Math.max(head.length(), candidate.name().length()))
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .limit(3)
        .map(Candidate::name)
        .toList();
  }

  /**
   * How many characters must be added, dropped or changed to make one from the other, case apart.
   */
  private static int distance(String left, String right) {
    int[] previous = new int[right.length() + 1];
    Arrays.setAll(previous, column -> column);
    int[] current = new int[right.length() + 1];
    for (int row = 1; row <= left.length(); row++) {
      current[0] = row;
      for (int column = 1; column <= right.length(); column++) {
        boolean same =
            Character.toLowerCase(left.charAt(row - 1))
                == Character.toLowerCase(right.charAt(column - 1));
        current[column] =
            Math.min(
                Math.min(current[column - 1], previous[column]) + 1,
                previous[column - 1] + (same ? 0 : 1));
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[right.length()];
  }
}
