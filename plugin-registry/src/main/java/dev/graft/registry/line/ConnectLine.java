package dev.graft.registry.line;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of Connect servers: all releases with the same first two numbers, which have the same
 * messages.
 *
 * @param major the first number of a release's version, 3 or more
 * @param minor the second number
 */
public record ConnectLine(int major, int minor) implements Comparable<ConnectLine> {
  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?!\\d).*");

  /**
   * The line of a version such as {@code 3.5.3}, {@code 4.2.0-SNAPSHOT} or {@code 3.5}; empty where
   * it does not begin with two numbers.
   */
  public static Optional<ConnectLine> ofVersion(String version) {
    Matcher matcher = VERSION.matcher(version.strip());
    return matcher.matches()
        ? Optional.of(
            new ConnectLine(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /** Whether it is that line or a later one. */
  public boolean isAtLeast(int major, int minor) {
    return compareTo(new ConnectLine(major, minor)) >= 0;
  }

  @Override
  public int compareTo(ConnectLine other) {
    return Comparator.comparingInt(ConnectLine::major)
        .thenComparingInt(ConnectLine::minor)
        .compare(this, other);
  }

  /** As people write it, for example {@code 3.5}. */
  @Override
  public String toString() {
    return major + "." + minor;
  }
}
