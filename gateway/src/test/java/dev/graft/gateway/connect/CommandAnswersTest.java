package dev.graft.gateway.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long answers are kept for clients that reattach. */
class CommandAnswersTest {
  private final List<Runnable> due = new ArrayList<>();
  private long nanos;
  private final CommandAnswers answers = new CommandAnswers(() -> nanos, scheduler());

  private Scheduler scheduler() {
    return (executor, command, delay, unit) -> {
      assertThat(unit.toNanos(delay)).isLessThanOrEqualTo(TimeUnit.MINUTES.toNanos(11));
      due.add(command);
      return new CompletableFuture<>();
    };
  }

  @Test
  void anAnswerIsThereForItsOwnOperationOnly() {
    CommandAnswer answer = answer(3);
    answers.remember("ada", "s", "one", answer);

    assertThat(answers.of("ada", "s", "one")).containsSame(answer);
    assertThat(answers.of("bob", "s", "one")).isEmpty();
    assertThat(answers.of("ada", "s", "two")).isEmpty();
  }

  @Test
  void itGoesAfterTenMinutesThoughNothingElseHappens() {
    answers.remember("ada", "s", "one", answer(3));
    nanos += Duration.ofMinutes(9).toNanos();
    assertThat(answers.of("ada", "s", "one")).isPresent();

    nanos += Duration.ofMinutes(2).toNanos();
    List.copyOf(due).forEach(Runnable::run);

    assertThat(answers.isEmpty()).isTrue();
  }

  @Test
  void theOldestGoFirstWhereThereAreTooManyBytes() {
    for (int operation = 0; operation < 10; operation++) {
      answers.remember("ada", "s", "operation " + operation, answer(10 << 20));
      nanos++;
    }

    assertThat(answers.of("ada", "s", "operation 3")).isEmpty();
    assertThat(answers.of("ada", "s", "operation 4")).isPresent();
    assertThat(answers.of("ada", "s", "operation 9")).isPresent();
  }

  private static CommandAnswer answer(int bytes) {
    return new CommandAnswer(5, new byte[bytes]);
  }
}
