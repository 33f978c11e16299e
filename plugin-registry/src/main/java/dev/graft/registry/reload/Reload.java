package dev.graft.registry.reload;

import dev.graft.registry.Snapshot;
import dev.graft.registry.error.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What became of loading the plugins again. */
public sealed interface Reload {
  /** What serves the requests that begin now. */
  Snapshot serving();

  /** What happened, for people; without the load report. */
  String text();

  /**
   * What was loaded serves.
   *
   * @param changes what is different
   * @param took how long loading took
   */
  record Swapped(Snapshot serving, Changes changes, Duration took) implements Reload {
    @Override
    public String text() {
      return "Reloaded in " + took.toMillis() + " ms: " + String.join("\n", changes.lines());
    }
  }

  /**
   * What was loaded is refused, and what was there before serves.
   *
   * @param code why
   * @param reason the same as sentences
   * @param files those that have changed since what serves was loaded
   */
  record Kept(Snapshot serving, ErrorCode code, String reason, List<Path> files) implements Reload {
    public Kept {
      files = List.copyOf(files);
    }

    @Override
    public String text() {
      List<String> lines = new ArrayList<>();
      lines.add(
          "Not reloaded, and what was loaded before goes on serving: [" + code + "] " + reason);
      files.forEach(file -> lines.add("  changed    " + file));
      return String.join("\n", lines);
    }
  }

  /** Nothing has been done, since plugins are being loaded at this moment. */
  record Busy(Snapshot serving) implements Reload {
    @Override
    public String text() {
      return "Not reloaded: plugins are being loaded at this moment. Try again when that is done.";
    }
  }
}
