package dev.graft.benchmarks.nesting;

import dev.graft.benchmarks.build.BuildFolder;
import dev.graft.benchmarks.nesting.Measured.Shape;
import dev.graft.encoder.ConnectSession;
import dev.graft.servers.ClassPathCache;
import dev.graft.servers.Folders;
import dev.graft.servers.Progress;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import dev.graft.servers.SparkServer;
import dev.graft.servers.SparkServerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts and measures on Spark 4.2 servers with two cores, one after the other. */
public final class NestingTables {
  /**
   * How much is measured.
   *
   * @param levels how many extensions are in one another
   * @param steps how many steps loops have
   * @param servers how many servers are measured, one after the other
   * @param rounds how many times each plan is sent, of which the middle one counts
   */
  record Effort(List<Integer> levels, List<Integer> steps, int servers, int rounds) {}

  private static final Effort ALL = new Effort(List.of(1, 10, 100), List.of(10, 20, 40), 3, 5);

  private NestingTables() {}

  /**
   * Measures on three servers, for some 10 minutes.
   *
   * @return the tables in Markdown
   * @throws IOException if a server cannot be started
   */
  public static String measure() throws IOException {
    return measure(BuildFolder.sparkJar(), ALL).markdown();
  }

  /**
   * The same with another jar and effort.
   *
   * @param graft the jar of {@code spark-host}
   */
  static NestingResults measure(Path graft, Effort effort) throws IOException {
    Path folder = Files.createTempDirectory("graft-nesting");
    SparkRuntime runtime =
        SparkRuntime.ofLine(SparkLine.NEWEST, ClassPathCache.ofUser(), Progress.none());
    SparkServerBuilder builder =
        new SparkServerBuilder(runtime, graft)
            .master("local[2]")
            .setting("spark.driver.memory", "2g")
            .setting("spark.sql.extensions", Counters.EXTENSIONS)
            .setting("spark.connect.extensions.relation.classes", Counters.PLUGINS)
            .classPath(List.of(Counters.extensions(folder.resolve("counting.jar"), runtime)))
            .plugins(Counters.plugins(folder.resolve("counted-1.0.jar")));
    List<Measured> measured = new ArrayList<>();
    try {
      for (int number = 0; number < effort.servers(); number++) {
        try (SparkServer server = builder.start();
            ConnectSession session = ConnectSession.connect(server.address())) {
          measured.addAll(measure(session, effort));
        }
      }
    } finally {
      Folders.delete(folder);
    }
    return new NestingResults(measured);
  }

  private static List<Measured> measure(ConnectSession session, Effort effort) {
    Plans plans = new Plans(session);
    Counters first = Counters.read(session);
    Counters reading = Counters.read(session).minus(first);
    for (int round = 0; round < effort.rounds(); round++) { // until the server is warm
      for (Way way : Way.values()) {
        effort.levels().forEach(levels -> plans.nested(way, levels));
        plans.loop(way, effort.steps().get(0));
      }
    }
    List<Measured> measured = new ArrayList<>();
    for (int levels : effort.levels()) {
      for (Way way : Way.values()) {
        Runnable run = () -> plans.nested(way, levels);
        measured.add(measure(session, reading, effort, Shape.NESTED, way, levels, run));
      }
    }
    for (int steps : effort.steps()) {
      for (Way way : Way.values()) {
        Runnable run = () -> plans.loop(way, steps);
        measured.add(measure(session, reading, effort, Shape.LOOP, way, steps, run));
      }
    }
    return measured;
  }

  private static Measured measure(
      ConnectSession session,
      Counters reading,
      Effort effort,
      Shape shape,
      Way way,
      int size,
      Runnable run) {
    Counters before = Counters.read(session);
    run.run();
    Counters counted = Counters.read(session).minus(before).minus(reading);
    double[] milliseconds = new double[effort.rounds()];
    for (int round = 0; round < milliseconds.length; round++) {
      long start = System.nanoTime();
      run.run();
      milliseconds[round] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(milliseconds);
    return new Measured(shape, way, size, counted, milliseconds[milliseconds.length / 2]);
  }
}
