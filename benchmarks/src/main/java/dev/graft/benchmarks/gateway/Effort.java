package dev.graft.benchmarks.gateway;

import java.time.Duration;

/**
 * How long is measured.
 *
 * @param warmUp how long each way is under load before anything is measured: a proxy runs for days,
 *     and the JIT compiler needs this long to finish. Spark's queries are warmed up as long, in
 *     turns
 * @param settling how long each way is under load once more, before its first round of a table
 * @param rounds how many rounds there are, in each of which every way has a turn
 * @param round how long one way's turn takes
 * @param streamBytes how many bytes one turn streams
 * @param streamRounds how many rounds there are for streams
 * @param slowReading how long the slow clients read
 * @param queries how many pairs of queries, one direct and one through the gateway
 */
record Effort(
    Duration warmUp,
    Duration settling,
    int rounds,
    Duration round,
    long streamBytes,
    int streamRounds,
    Duration slowReading,
    int queries) {
  /** About nine minutes. */
  static final Effort FULL =
      new Effort(
          Duration.ofSeconds(25),
          Duration.ofSeconds(2),
          9,
          Duration.ofMillis(1_500),
          1_000_000_000L,
          5,
          Duration.ofSeconds(8),
          60);

  /** About a minute and a half: whether it runs, and roughly how it stands. */
  static final Effort SHORT =
      new Effort(
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          3,
          Duration.ofMillis(700),
          300_000_000L,
          1,
          Duration.ofSeconds(3),
          10);
}
