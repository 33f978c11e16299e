package dev.graft.gateway.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Scheduler;
import dev.graft.gateway.access.Caller;
import dev.graft.gateway.connect.CommandAnswers.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long answers are kept for clients that reattach. */
class CommandAnswersTest {
  private final List<Runnable> due = new ArrayList<>();
  private long nanos;
  private final CommandAnswers answers = new CommandAnswers(64 << 20, () -> nanos, scheduler());

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
    Placeholder one = keep("ada", "s", answer);

    assertThat(answers.of(one, owner("ada", "s"))).containsSame(answer);
    assertThat(answers.of(one, owner("bob", "s"))).isEmpty();
    assertThat(answers.of(one, owner("ada", "t"))).isEmpty();
    assertThat(answers.of(one, new Owner(owner("ada", "s").caller(), "others"))).isEmpty();
    assertThat(answers.of(placeholder(), owner("ada", "s"))).isEmpty();
  }

  @Test
  void itGoesAfterTenMinutesThoughNothingElseHappens() {
    Placeholder one = keep("ada", "s", answer(3));
    nanos += Duration.ofMinutes(9).toNanos();
    assertThat(answers.of(one, owner("ada", "s"))).isPresent();

    nanos += Duration.ofMinutes(2).toNanos();
    List.copyOf(due).forEach(Runnable::run);

    assertThat(answers.size()).isZero();
  }

  @Test
  void ofAUserWhoHasTooMuchTheOldestOfTheLargestSessionGoesFirst() {
    Placeholder small = keep("ada", "small", answer(1 << 20));
    List<Placeholder> large = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      large.add(keep("ada", "large", answer(2 << 20)));
    }

    assertThat(answers.of(small, owner("ada", "small"))).isPresent();
    assertThat(answers.of(large.get(0), owner("ada", "large"))).isEmpty();
    assertThat(answers.of(large.get(9), owner("ada", "large"))).isPresent();
  }

  @Test
  void nobodyLosesAnAnswerToAnotherWhoHasMore() {
    Placeholder ofAda = keep("ada", "s", answer(1 << 20));
    Placeholder last = ofAda;
    for (int i = 0; i < 40; i++) {
      last = keep("user " + i % 8, "s", answer(7 << 20));
    }

    assertThat(answers.of(ofAda, owner("ada", "s"))).isPresent();
    assertThat(answers.of(last, owner("user 7", "s"))).isPresent();
    assertThat(answers.size()).isBetween(8L, 10L);
  }

  @Test
  void whatIsLargerThanAUsersBoundIsNotKept() {
    Placeholder ofAda = keep("ada", "s", answer(1 << 20));
    Placeholder large = keep("ada", "t", answer(17 << 20));

    assertThat(answers.of(large, owner("ada", "t"))).isEmpty();
    assertThat(answers.of(ofAda, owner("ada", "s"))).isPresent();
  }

  @Test
  void anAnswerThatIsExpectedIsThereAndPushesOutNoneThatIsKept() {
    Placeholder kept = keep("ada", "s", answer(8 << 20));
    Placeholder expected = placeholder();
    for (int i = 0; i < 40; i++) {
      answers.expect(placeholder(), owner("bob", "s"), answer(9 << 20));
    }
    CommandAnswer answer = answer(3);
    answers.expect(expected, owner("eve", "s"), answer);

    assertThat(answers.of(kept, owner("ada", "s"))).isPresent();
    assertThat(answers.of(expected, owner("ada", "s"))).isEmpty();
    assertThat(answers.of(expected, owner("eve", "s"))).containsSame(answer);
    assertThat(answers.size()).isEqualTo(2); // now the backend has run it
  }

  private Placeholder keep(String user, String session, CommandAnswer answer) {
    Placeholder placeholder = placeholder();
    answers.keep(placeholder, owner(user, session), answer);
    nanos++;
    return placeholder;
  }

  private static Placeholder placeholder() {
    return new Placeholder(UUID.randomUUID().toString());
  }

  private static Owner owner(String user, String session) {
    return new Owner(new Caller(user, session, "op"), "");
  }

  private static CommandAnswer answer(int bytes) {
    return new CommandAnswer(5, new byte[bytes]);
  }
}
