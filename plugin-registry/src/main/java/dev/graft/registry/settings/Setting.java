package dev.graft.registry.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something that operators may set: declared once, for whoever reads it and for the table in the
 * documents. Immutable.
 *
 * @param <T> what its values mean
 */
public final class Setting<T> {
  private final String key;
  private final String meaning;
  private final T byDefault;
  private final String shownDefault;
  private final String wanted;
  private final Function<String, Optional<T>> reading;

  private Setting(
      String key,
      String meaning,
      T byDefault,
      String shownDefault,
      String wanted,
      Function<String, Optional<T>> reading) {
    this.key = Objects.requireNonNull(key, "key");
    this.meaning = Objects.requireNonNull(meaning, "meaning");
    this.byDefault = Objects.requireNonNull(byDefault, "byDefault");
    this.shownDefault = shownDefault;
    this.wanted = wanted;
    this.reading = reading;
  }

  /**
   * A setting whose values are read by a function.
   *
   * @param key without the host's prefix
   * @param meaning for operators, in Markdown
   * @param shownDefault the default as the documents show it
   * @param wanted what a value must be, to follow "it must be"
   * @param reading turns a value, without blanks around it, into its meaning; empty where it has
   *     none
   */
  public static <T> Setting<T> of(
      String key,
      String meaning,
      T byDefault,
      String shownDefault,
      String wanted,
      Function<String, Optional<T>> reading) {
    return new Setting<>(key, meaning, byDefault, shownDefault, wanted, reading);
  }

  /** A whole number within bounds. */
  public static Setting<Integer> number(
      String key, String meaning, int byDefault, int least, int most) {
    return of(
        key,
        meaning,
        byDefault,
        String.valueOf(byDefault),
        "a whole number from " + least + " to " + most,
        value -> {
          try {
            return Optional.of(Integer.parseInt(value))
                .filter(number -> number >= least && number <= most);
          } catch (NumberFormatException e) {
            return Optional.empty();
          }
        });
  }

  /** The same setting, but empty where nobody sets it. */
  public Setting<Optional<T>> orNone() {
    return of(
        key,
        meaning,
        Optional.empty(),
        "–: none",
        wanted,
        value -> {
          Optional<T> set = read(value);
          return set.isEmpty() ? Optional.empty() : Optional.of(set);
        });
  }

  /** A time in whole seconds, within bounds. */
  public static Setting<Duration> seconds(
      String key, String meaning, Duration byDefault, int least, int most) {
    Setting<Integer> number = number(key, meaning, (int) byDefault.toSeconds(), least, most);
    return of(
        key,
        meaning,
        byDefault,
        number.shownDefault,
        number.wanted,
        value -> number.reading.apply(value).map(Duration::ofSeconds));
  }

  /** Yes or no. */
  public static Setting<Boolean> flag(String key, String meaning, boolean byDefault) {
    return of(
        key,
        meaning,
        byDefault,
        "`" + byDefault + "`",
        "true or false",
        value ->
            switch (value) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  /** One of some words: the constants of an enum, in lower case. */
  public static <E extends Enum<E>> Setting<E> choice(String key, String meaning, E byDefault) {
    E[] all = byDefault.getDeclaringClass().getEnumConstants();
    List<String> words = Arrays.stream(all).map(Setting::word).toList();
    return of(
        key,
        meaning,
        byDefault,
        "`" + word(byDefault) + "`",
        String.join(", ", words.subList(0, words.size() - 1))
            + " or "
            + words.get(words.size() - 1),
        value -> Arrays.stream(all).filter(each -> word(each).equals(value)).findFirst());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A text as it stands. */
  public static Setting<String> text(String key, String meaning, String byDefault) {
    return of(key, meaning, byDefault, "`" + byDefault + "`", "a text", Optional::of);
  }

  /** A file or folder. */
  public static Setting<Optional<Path>> file(String key, String meaning) {
    return of(
        key,
        meaning,
        Optional.empty(),
        "–",
        "a path of this server's file system",
        value -> {
          Optional<Path> path = path(value);
          return path.isEmpty() ? Optional.empty() : Optional.of(path);
        });
  }

  /** Files or folders, with commas between them. */
  public static Setting<List<Path>> files(String key, String meaning) {
    return of(
        key,
        meaning,
        List.of(),
        "–",
        "made of paths of this server's file system",
        value -> {
          List<Optional<Path>> paths = split(value).map(Setting::path).toList();
          return paths.contains(Optional.<Path>empty())
              ? Optional.empty()
              : Optional.of(paths.stream().flatMap(Optional::stream).toList());
        });
  }

  private static Optional<Path> path(String value) {
    try {
      return value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Names with commas between them; each counts once. */
  public static Setting<List<String>> names(String key, String meaning) {
    return of(
        key,
        meaning,
        List.of(),
        "–",
        "names",
        value -> Optional.of(split(value).distinct().toList()));
  }

  static Stream<String> split(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).filter(name -> !name.isEmpty());
  }

  /** The same setting, with another text for its default in the documents. */
  public Setting<T> showing(String otherDefault) {
    return new Setting<>(key, meaning, byDefault, otherDefault, wanted, reading);
  }

  /** The key, without the host's prefix. */
  public String key() {
    return key;
  }

  /** What holds where nobody sets it. */
  public T byDefault() {
    return byDefault;
  }

  String wanted() {
    return wanted;
  }

  Optional<T> read(String value) {
    return reading.apply(value);
  }

  /**
   * A table for the documents, in Markdown.
   *
   * @param prefix what the keys begin with
   */
  public static String table(String prefix, List<Setting<?>> settings) {
    return "| key | meaning | default |\n|---|---|---|\n" + rows(prefix, settings);
  }

  /** More rows of such a table. */
  static String rows(String prefix, List<Setting<?>> settings) {
    return settings.stream()
        .map(
            setting ->
                "| `%s%s` | %s | %s |\n"
                    .formatted(prefix, setting.key, setting.meaning, setting.shownDefault))
        .collect(Collectors.joining());
  }
}
