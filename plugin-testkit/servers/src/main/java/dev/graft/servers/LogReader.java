package dev.graft.servers;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in a server's log what people need to know of a failed start. */
final class LogReader {
  private static final int LONGEST = 500;

  /** The innermost cause of a stack trace stands last. */
  private static final Pattern CAUSE = Pattern.compile("^\\s*Caused by: (.+)$");

  private static final Pattern FAILURE =
      Pattern.compile("^(?:Exception in thread \"[^\"]*\" |Error: |.* ERROR [^:]+: )(.+)$");

  private final List<String> lines;

  LogReader(String log) {
    this.lines = log.lines().filter(line -> !line.isBlank()).toList();
  }

  /** The innermost cause that the log names, on one line. */
  Optional<String> cause() {
    Optional<String> cause = last(CAUSE);
    return cause.isPresent() ? cause : last(FAILURE);
  }

  private Optional<String> last(Pattern pattern) {
    for (int at = lines.size() - 1; at >= 0; at--) {
      Matcher matcher = pattern.matcher(lines.get(at));
      if (matcher.matches()) {
        String text = matcher.group(1).strip().replaceFirst("\\.$", "");
        return Optional.of(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
      }
    }
    return Optional.empty();
  }

  /** The end of the log, without blank lines and without the many lines of stack traces. */
  List<String> lastLines(int count) {
    List<String> told =
        lines.stream().filter(line -> !line.matches("\\s+(at |\\.\\.\\. ).*")).toList();
    return told.subList(Math.max(0, told.size() - count), told.size());
  }
}
