package dev.graft.benchmarks.reload;

import dev.graft.benchmarks.gateway.ChildProcess;
import dev.graft.servers.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures reloads in JVMs of their own, one after the other. */
public final class ReloadTable {
  /**
   * How much is measured.
   *
   * @param plugins how many jars there are
   * @param jvms how many JVMs measure
   * @param period how long requests are sent in one go
   * @param periods how often, without reloads, with some and with many
   */
  record Effort(int plugins, int jvms, Duration period, int periods) {}

  private static final Effort ALL = new Effort(100, 3, Duration.ofSeconds(3), 4);

  private ReloadTable() {}

  /**
   * Measures for some two minutes and a half.
   *
   * @return the table in Markdown
   * @throws IOException if a JVM cannot be started
   */
  public static String measure() throws IOException {
    return measure(ALL).markdown();
  }

  /** The same with another effort. */
  static ReloadResults measure(Effort effort) throws IOException {
    Path folder = Files.createTempDirectory("graft-reload");
    List<Measured> measured = new ArrayList<>();
    try {
      new PluginFolder(folder, effort.plugins()).compile();
      for (int number = 0; number < effort.jvms(); number++) {
        try (ChildProcess jvm =
            ChildProcess.start(
                ReloadProcess.class,
                List.of("-Xmx1g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"),
                folder.toString(),
                Integer.toString(effort.plugins()),
                Long.toString(effort.period().toMillis()),
                Integer.toString(effort.periods()))) {
          measured.add(Measured.of(jvm.ask("measure")));
        }
      }
    } finally {
      Folders.delete(folder);
    }
    return new ReloadResults(effort.plugins(), measured);
  }
}
