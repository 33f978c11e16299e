package dev.graft.cli.environment;

import dev.graft.servers.Progress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/**
 * Output for people: text, and on a terminal also colours and lines that are replaced. Not safe for
 * use by several threads.
 */
public final class Terminal {
  private static final String BOLD = "1";
  private static final String FAINT = "2";
  private static final String GREEN = "32";
  private static final String EXTENSION = "1;35";

  private final PrintStream out;
  private final boolean interactive;

  /**
   * A terminal, or what stands for one.
   *
   * @param interactive whether escape sequences are understood
   */
  public Terminal(PrintStream out, boolean interactive) {
    this.out = out;
    this.interactive = interactive;
  }

  /**
   * Standard output, in UTF-8; interactive where it is a terminal and {@code NO_COLOR} is not set.
   */
  public static Terminal standard() {
    return new Terminal(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
        Ansi.AUTO.enabled());
  }

  /** The same on standard error, for progress of what prints its result. */
  public static Terminal errors() {
    return new Terminal(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Ansi.AUTO.enabled());
  }

  /** A line. */
  public void line(String text) {
    out.println(text);
  }

  /** An empty line. */
  public void line() {
    out.println();
  }

  /** A heading of a part. */
  public void heading(String text) {
    out.println();
    out.println(styled(BOLD, text));
  }

  /** A small title, and a fainter text beside it. */
  public void title(String text, String beside) {
    out.println(
        "  " + styled(GREEN, text) + (beside.isEmpty() ? "" : "  " + styled(FAINT, beside)));
  }

  /** A text of several lines, each indented by so many blanks. */
  public void block(String text, int blanks) {
    text.stripTrailing().lines().forEach(line -> out.println(" ".repeat(blanks) + line));
  }

  /** A plan as a tree, in which extensions stand out. */
  public void tree(String text, int blanks) {
    text.stripTrailing()
        .lines()
        .forEach(
            line ->
                out.println(
                    " ".repeat(blanks)
                        + (line.contains(": Any \"") ? styled(EXTENSION, line) : line)));
  }

  /** Work that takes a while; it must be closed. */
  public Work work(String name) {
    return new Work(name);
  }

  private String styled(String style, String text) {
    return interactive ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
  }

  /**
   * Work under way: one line that is replaced on a terminal, and elsewhere a line at the start and
   * one at the end.
   */
  public final class Work implements Progress, AutoCloseable {
    private static final long SELDOM_NANOS = 10_000_000_000L;

    private final String name;
    private final long start = System.nanoTime();
    private long lastLine = start;
    private String result = "";

    private Work(String name) {
      this.name = name;
      out.print(name + " …" + (interactive ? "" : "\n"));
      out.flush();
    }

    @Override
    public void report(String status) {
      if (interactive) {
        out.print("\r\u001b[2K" + name + " … " + styled(FAINT, status));
        out.flush();
      } else if (System.nanoTime() - lastLine > SELDOM_NANOS) {
        out.println("  " + status);
        lastLine = System.nanoTime();
      }
    }

    /** Sets the text that the last line shows when the work is closed. */
    public void done(String what) {
      result = what;
    }

    @Override
    public void close() {
      if (interactive) {
        out.print("\r\u001b[2K");
      }
      if (!result.isEmpty()) {
        String seconds = String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
        out.println(result + "  " + styled(FAINT, seconds));
      }
    }
  }
}
