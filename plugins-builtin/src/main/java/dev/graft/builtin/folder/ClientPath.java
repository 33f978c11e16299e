package dev.graft.builtin.folder;

import dev.graft.builtin.option.OptionCheck;
import dev.graft.spi.PlanningException;
import org.apache.hadoop.fs.Path;

/** A path as a client wrote it, before anything is asked of a file system. */
final class ClientPath {
  private static final int LONGEST = 4_096;

  private ClientPath() {}

  /**
   * Reads a path. Hadoop's own reading takes {@code ..} away without a word, so what is not plain
   * is refused before.
   *
   * @throws PlanningException if it is empty, too long, not absolute, or has control characters or
   *     the segments {@code .} or {@code ..}
   */
  static Path of(OptionCheck check, String option, String text) {
    check.given(!text.isEmpty(), option, "Give an absolute path, or a URI");
    if (text.length() > LONGEST) {
      throw check.refusal(option, text, "Give at most " + LONGEST + " characters");
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw check.refusal(
          option, text.replaceAll("\\p{Cntrl}", "?"), "Leave the control characters out");
    }
    for (String segment : text.split("[/\\\\]", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        throw check.refusal(option, text, "Give the path without the segments . and ..");
      }
    }
    Path path;
    try {
      path = new Path(text);
    } catch (IllegalArgumentException e) {
      throw check.refusal(option, text, "Give an absolute path, or a URI");
    }
    if (!path.isUriPathAbsolute()) {
      throw check.refusal(option, text, "Give an absolute path, or a URI");
    }
    return path;
  }
}
