package dev.graft.cli.builtin;

import dev.graft.servers.SparkLine;
import dev.graft.testkit.seed.RunSeed;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Where the plugins are tried.
 *
 * @param line the server's line
 * @param throughGateway whether the plugins are in a gateway before the server, and not in it
 */
record Place(SparkLine line, boolean throughGateway) {
  /**
   * A gateway before a server of 3.5, and inside Spark the oldest line, the first that answers in
   * the analysis, and the newest. The long run has every line.
   */
  static Stream<Place> all() {
    Stream<SparkLine> inside =
        RunSeed.ofThisRun().isLong()
            ? Arrays.stream(SparkLine.values())
            : Stream.of(SparkLine.SPARK_3_4, SparkLine.SPARK_4_0, SparkLine.NEWEST);
    return Stream.concat(
        inside.map(line -> new Place(line, false)),
        Stream.of(new Place(SparkLine.SPARK_3_5, true)));
  }

  /** Whether there is more than the least data here. */
  boolean thorough() {
    return line == SparkLine.NEWEST && !throughGateway;
  }

  /**
   * Whether one case of each test is enough, since a neighbour that answers in the same way has
   * them all: the gateway for what is planned at once, 4.2 for what is answered in the analysis.
   */
  boolean narrow() {
    return !throughGateway && line != SparkLine.NEWEST;
  }

  /**
   * The line whose client is used: the server's own where it is the newest, and PySpark 3.5 for all
   * others. 3.4 is too old for the Python encoder; later ones ask earlier servers for settings that
   * these have not.
   */
  SparkLine client() {
    return line == SparkLine.NEWEST ? line : SparkLine.SPARK_3_5;
  }

  @Override
  public String toString() {
    return throughGateway ? "gateway before Spark " + line.number() : "Spark " + line.number();
  }
}
