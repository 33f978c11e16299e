package dev.graft.benchmarks.operations;

import dev.graft.benchmarks.table.Series;
import java.util.Arrays;

/**
 * The times of one way to do what an operation does.
 *
 * @param operation the operation's name
 * @param byHand what the way is called; empty for the operation itself
 * @param rows how many rows each table has
 * @param seconds how long each round took
 */
record Way(String operation, String byHand, int rows, Series seconds) {
  /** Reads a line: the fields in their order, between tabs, and the rounds between blanks. */
  static Way parse(String line) {
    String[] fields = line.split("\t", -1);
    double[] seconds =
        Arrays.stream(fields[3].split(" ")).mapToDouble(Double::parseDouble).toArray();
    return new Way(fields[0], fields[1], Integer.parseInt(fields[2]), new Series(seconds));
  }

  boolean isByHand() {
    return !byHand.isEmpty();
  }
}
