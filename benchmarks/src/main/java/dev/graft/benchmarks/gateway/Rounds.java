package dev.graft.benchmarks.gateway;

import dev.graft.benchmarks.table.Series;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Gives every way its turn in each round, in an order that changes from round to round. */
final class Rounds {
  /** One way's turn. */
  @FunctionalInterface
  interface Turn {
    double measure(Route route, Duration time) throws IOException, InterruptedException;
  }

  private Rounds() {}

  /** Lets each way settle, then measures. */
  static Map<Way, Series> of(List<Route> routes, Effort effort, Turn turn)
      throws IOException, InterruptedException {
    return of(routes, effort.settling(), effort.rounds(), effort.round(), turn);
  }

  static Map<Way, Series> of(
      List<Route> routes, Duration settling, int rounds, Duration time, Turn turn)
      throws IOException, InterruptedException {
    for (Route route : routes) {
      turn.measure(route, settling);
    }
    Map<Way, double[]> values = new EnumMap<>(Way.class);
    for (int round = 0; round < rounds; round++) {
      List<Route> order = new ArrayList<>(routes);
      Collections.rotate(order, round);
      for (Route route : order) {
        values.computeIfAbsent(route.way(), way -> new double[rounds])[round] =
            turn.measure(route, time);
      }
    }
    Map<Way, Series> series = new EnumMap<>(Way.class);
    values.forEach((way, measured) -> series.put(way, new Series(measured)));
    return series;
  }
}
