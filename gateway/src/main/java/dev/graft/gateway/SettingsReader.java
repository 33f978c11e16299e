package dev.graft.gateway;

import dev.graft.registry.error.ClientText;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the settings that begin with a prefix, and notes which there are. */
final class SettingsReader {
  private final Map<String, String> entries;
  private final String prefix;
  private final Set<String> known = new TreeSet<>();

  SettingsReader(Map<String, String> entries, String prefix) {
    this.entries = entries;
    this.prefix = prefix;
  }

  /** A text as it stands. */
  Optional<String> value(String name) {
    known.add(prefix + name);
    return Optional.ofNullable(entries.get(prefix + name));
  }

  String text(String name, String byDefault) {
    return value(name).orElse(byDefault);
  }

  /** A file; relative ones are those beside the configuration, which has made them absolute. */
  Optional<Path> file(String name) {
    return value(name).map(text -> path(name, text));
  }

  private Path path(String name, String text) {
    if (text.isBlank()) {
      throw invalid(prefix + name + " is empty; it must name a file, or not be there.");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw invalid(
          prefix + name + " is '" + ClientText.quote(text) + "', which is no file's name.");
    }
  }

  boolean flag(String name, boolean byDefault) {
    return value(name)
        .map(
            text ->
                switch (text) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw invalid(name, text, "true or false");
                })
        .orElse(byDefault);
  }

  Duration seconds(String name, Duration byDefault, int least, int most) {
    return Duration.ofSeconds(number(name, (int) byDefault.toSeconds(), least, most));
  }

  int number(String name, int byDefault, int least, int most) {
    Optional<String> value = value(name);
    if (value.isEmpty()) {
      return byDefault;
    }
    try {
      int number = Integer.parseInt(value.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // falls through to the refusal, which says what is wanted
    }
    throw invalid(name, value.get(), "a whole number from " + least + " to " + most);
  }

  /**
   * After everything has been read.
   *
   * @throws GraftException if there is a setting that nobody has asked for
   */
  void refuseOthers() {
    for (String key : entries.keySet()) {
      if (key.startsWith(prefix) && !known.contains(key)) {
        throw invalid(
            "There is no setting "
                + ClientText.quote(key)
                + ". There are "
                + String.join(", ", known)
                + ".");
      }
    }
  }

  private GraftException invalid(String name, String value, String wanted) {
    return invalid(
        prefix + name + " is '" + ClientText.quote(value) + "'; it must be " + wanted + ".");
  }

  static GraftException invalid(String text) {
    return new GraftException(ErrorCode.GRAFT_CONFIGURATION_INVALID, text);
  }
}
