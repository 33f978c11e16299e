package dev.graft.cli.builtin;

import dev.graft.servers.SparkLine;
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
   * Every line, and a gateway before a server of a line that is neither the oldest nor the newest.
   */
  static Stream<Place> all() {
    return Stream.concat(
        Arrays.stream(SparkLine.values()).map(line -> new Place(line, false)),
        Stream.of(new Place(SparkLine.SPARK_4_0, true)));
  }

  /** Whether the tests are to be thorough here, in time and data; elsewhere they are short. */
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
