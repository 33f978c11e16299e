package dev.graft.gateway.connect;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The settings of the backend whose values no client may read: keys, or patterns in which a star
 * stands for any characters. Upper and lower case are the same. Immutable.
 *
 * @param patterns in lower case; none hides nothing
 */
public record HiddenSettings(List<String> patterns) {
  /**
   * What Spark itself takes for secret where it shows settings, {@code spark.redaction.regex}, and
   * the names under which object stores have theirs. On Spark 4.0 and later they cover {@code
   * spark.connect.authenticate.token}, the token that the backend wants of its clients.
   */
  public static final HiddenSettings DEFAULT =
      parse(
          "*token*, *secret*, *password*, *passphrase*, *access.key*, *accesskey*, *private.key*,"
              + " *privatekey*, *account.key*");

  public HiddenSettings {
    patterns = List.copyOf(patterns);
  }

  /** Reads a list with commas; empty entries don't count. */
  public static HiddenSettings parse(String list) {
    return new HiddenSettings(
        Arrays.stream(list.split(",", -1))
            .map(pattern -> pattern.strip().toLowerCase(Locale.ROOT))
            .filter(pattern -> !pattern.isEmpty())
            .toList());
  }

  /** Whether a setting is hidden. */
  boolean hides(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return patterns.stream().anyMatch(pattern -> fits(pattern, lower));
  }

  /** Searches once from left to right: the key comes from a client, and may be long. */
  private static boolean fits(String pattern, String key) {
    String[] parts = pattern.split("\\*", -1);
    String first = parts[0];
    String last = parts[parts.length - 1];
    if (parts.length == 1) {
      return key.equals(first);
    }
    if (key.length() < first.length() + last.length()
        || !key.startsWith(first)
        || !key.endsWith(last)) {
      return false;
    }
    int from = first.length();
    int end = key.length() - last.length();
    for (int part = 1; part < parts.length - 1; part++) {
      int at = key.indexOf(parts[part], from);
      if (at < 0 || at + parts[part].length() > end) {
        return false;
      }
      from = at + parts[part].length();
    }
    return true;
  }
}
