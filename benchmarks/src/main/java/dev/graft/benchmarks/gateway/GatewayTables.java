package dev.graft.benchmarks.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Runs the benchmarks of the gateway and makes a table of each. */
public final class GatewayTables {
  /** gRPC's flow-control window of a stream, before it adapts. */
  static final int WINDOW_BYTES = 1 << 20;

  private static final int IN_FLIGHT = 32;
  private static final List<Integer> MESSAGE_BYTES = List.of(4 << 10, 256 << 10, 4 << 20);

  private GatewayTables() {}

  /**
   * Measures for about nine minutes, or a minute and a half.
   *
   * @param quick whether the short way is enough, whose figures are rough
   * @return the tables in Markdown, an empty line between them
   * @throws IOException if a process cannot be started, or ends before its time
   */
  public static String measure(boolean quick) throws IOException, InterruptedException {
    Effort effort = quick ? Effort.SHORT : Effort.FULL;
    GatewayResults results = new GatewayResults();
    try (Routes routes = Routes.open()) {
      List<Route> all = routes.all();
      say("nothing yet: warming up");
      for (Route route : all) {
        warmUp(route, effort);
      }
      say("one call at a time");
      results.latencies(Rounds.of(all, effort, Calls::latency));
      say(IN_FLIGHT + " calls in flight");
      results.rates(Rounds.of(all, effort, (route, time) -> Calls.rate(route, IN_FLIGHT, time)));
      List<Route> proxies = all.stream().filter(route -> route.proxy().isPresent()).toList();
      for (int size : MESSAGE_BYTES) {
        say("streams of " + size + " bytes");
        results.stream(
            size,
            Rounds.of(
                proxies,
                Duration.ZERO,
                effort.streamRounds(),
                Duration.ZERO,
                (route, time) -> Streams.proxyCpu(route, size, effort.streamBytes())));
      }
      say("slow readers");
      results.slowReaders(SlowReaders.measure(routes, effort.slowReading()));
    }
    say("Spark queries");
    results.queries(SparkQueries.measure(effort.warmUp(), effort.queries()));
    return results.markdown();
  }

  /** Puts a way under load of every kind. */
  private static void warmUp(Route route, Effort effort) throws InterruptedException {
    Calls.rate(route, IN_FLIGHT, effort.warmUp());
    for (int size : MESSAGE_BYTES) {
      Streams.proxyCpu(route, size, effort.streamBytes());
    }
  }

  private static void say(String what) {
    System.err.println("Measuring " + what);
  }
}
