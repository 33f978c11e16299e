package dev.graft.generate.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A name as words, which each language puts together in its own case. It may be a keyword of that
 * language.
 *
 * @param words at least one; ASCII lower-case letters and digits, none empty; the first begins with
 *     a letter
 */
public record Name(List<String> words) {
  private static final Pattern WORD = Pattern.compile("[a-z0-9]+");
  private static final Pattern BOUNDARY =
      Pattern.compile("_+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  public Name {
    words = List.copyOf(words);
    if (words.isEmpty() || !words.stream().allMatch(word -> WORD.matcher(word).matches())) {
      throw new IllegalArgumentException("Not the words of a name: " + words);
    }
    if (Character.isDigit(words.get(0).charAt(0))) {
      throw new IllegalArgumentException("A name must not begin with a digit: " + words);
    }
  }

  /**
   * The words of an identifier in any case: {@code order_by}, {@code orderBy}, {@code OrderBy} and
   * {@code ORDER_BY} are all "order by". One that begins with a digit once its underscores are gone
   * gets an x in front.
   *
   * @throws IllegalArgumentException if there is no letter and no digit in it, or something other
   *     than letters, digits and underscores of ASCII
   */
  public static Name of(String identifier) {
    List<String> words = new ArrayList<>();
    for (String word : BOUNDARY.split(identifier, -1)) {
      if (!word.isEmpty()) {
        words.add(word.toLowerCase(Locale.ROOT));
      }
    }
    if (!words.isEmpty() && Character.isDigit(words.get(0).charAt(0))) {
      words.set(0, "x" + words.get(0));
    }
    return new Name(words);
  }

  /** This name with the words of another behind it. */
  public Name then(Name other) {
    List<String> all = new ArrayList<>(words);
    all.addAll(other.words);
    return new Name(all);
  }

  /** Such as {@code order_by}. */
  public String snake() {
    return String.join("_", words);
  }

  /** Such as {@code ORDER_BY}. */
  public String upperSnake() {
    return snake().toUpperCase(Locale.ROOT);
  }

  /** Such as {@code orderBy}. */
  public String camel() {
    String pascal = pascal();
    return Character.toLowerCase(pascal.charAt(0)) + pascal.substring(1);
  }

  /** Such as {@code OrderBy}. */
  public String pascal() {
    return words.stream()
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }

  @Override
  public String toString() {
    return snake();
  }
}
