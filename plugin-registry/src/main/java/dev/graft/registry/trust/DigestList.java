package dev.graft.registry.trust;

import dev.graft.registry.error.FailureText;
import dev.graft.registry.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The digests of a file, as {@code sha256sum} writes them: a digest begins each line, and what
 * follows it is for people. Empty lines, and those that begin with a number sign, are too. The file
 * is read again when it has changed; where that fails the digests stay that were there. Safe for
 * use by several threads.
 */
public final class DigestList {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /** What tells one state of a file from another. */
  private record State(long size, FileTime modified, @Nullable Object key) {
    static State of(Path file) throws IOException {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(found.size(), found.lastModifiedTime(), found.fileKey());
    }
  }

  private final @Nullable Path file;
  private @Nullable State state;
  private Set<String> digests = Set.of();

  private DigestList(@Nullable Path file) {
    this.file = file;
  }

  /** Has no digest. */
  public static DigestList empty() {
    return new DigestList(null);
  }

  /**
   * Those of a file.
   *
   * @throws dev.graft.registry.error.GraftException GRAFT_CONFIGURATION_INVALID if it cannot be
   *     read, or has a line that is no digest
   */
  public static DigestList of(Path file) {
    DigestList list = new DigestList(file);
    try {
      list.read(file, State.of(file));
    } catch (IOException e) {
      throw SettingsReader.invalid(
          "The list of digests " + file + " cannot be read (" + FailureText.ofFile(e) + ").");
    }
    return list;
  }

  /** Whether it has a digest, given in lower case. */
  public synchronized boolean contains(String digest) {
    if (file != null) {
      try {
        State now = State.of(file);
        if (!now.equals(state)) {
          read(file, now);
        }
      } catch (IOException | RuntimeException e) {
        LOG.warn("The list of digests {} cannot be read again; what it had holds", file, e);
      }
    }
    return digests.contains(digest);
  }

  private void read(Path from, State now) throws IOException {
    digests =
        Files.readAllLines(from).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(line -> digest(from, line))
            .collect(Collectors.toUnmodifiableSet());
    state = now;
  }

  private static String digest(Path from, String line) {
    String digest = line.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
    if (!DIGEST.matcher(digest).matches()) {
      throw SettingsReader.invalid(
          "The list of digests "
              + from
              + " has a line that does not begin with a SHA-256 of 64 hexadecimal digits: '"
              + line
              + "'.");
    }
    return digest;
  }
}
