package dev.graft.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is read out of a log. */
class LogReaderTest {
  private static final String LOG =
      """
      26/11/20 19:00:00 INFO SparkContext: Running Spark version 4.2.0
      26/11/20 19:00:01 ERROR SparkContext: Error initializing SparkContext.
      java.lang.RuntimeException: outer
      \tat a.B.c(B.java:1)
      Caused by: dev.graft.registry.error.GraftException: [GRAFT_X] what and why.
      \tat a.B.c(B.java:2)
      \t... 3 more

      26/11/20 19:00:02 INFO ShutdownHookManager: Shutdown hook called
      """;

  @Test
  void theInnermostCauseIsTheCause() {
    assertThat(new LogReader(LOG).cause())
        .contains("dev.graft.registry.error.GraftException: [GRAFT_X] what and why");
  }

  @Test
  void withoutAStackTraceTheLastErrorIsTheCause() {
    assertThat(new LogReader("26/11/20 19:00:01 ERROR SparkContext: no master\n").cause())
        .contains("no master");
    assertThat(new LogReader("Error: Could not find or load main class x.Y\n").cause())
        .contains("Could not find or load main class x.Y");
    assertThat(new LogReader("").cause()).isEmpty();
  }

  @Test
  void theLastLinesAreWithoutStackFrames() {
    assertThat(new LogReader(LOG).lastLines(2))
        .containsExactly(
            "Caused by: dev.graft.registry.error.GraftException: [GRAFT_X] what and why.",
            "26/11/20 19:00:02 INFO ShutdownHookManager: Shutdown hook called");
  }
}
