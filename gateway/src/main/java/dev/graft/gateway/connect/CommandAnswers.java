package dev.graft.gateway.connect;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.graft.gateway.access.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The answers to commands whose operations a client may reattach to, by the placeholders that the
 * backend runs for them. Each is dropped after ten minutes. Where there are too many, some are
 * dropped earlier: those of the user who has most. Safe for use by several threads.
 */
final class CommandAnswers {
  private static final int MOST = 10_000;
  private static final int SHARES = 4;

  /** What an answer takes beside its content. */
  private static final long BYTES_BESIDE = 500;

  /** Longer than Spark keeps an operation that nobody is attached to. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  /**
   * Whose an operation is.
   *
   * @param caller the ids that the client claims
   * @param credentials what the client has shown of who it is, as a digest
   */
  record Owner(Caller caller, String credentials) {
    /** One user's answers share a bound; who shows other credentials is another user. */
    private String user() {
      return credentials + ' ' + caller.user();
    }
  }

  private record Kept(Placeholder placeholder, Owner owner, CommandAnswer answer) {
    long bytes() {
      return BYTES_BESIDE + answer.content().length;
    }
  }

  private final long mostBytes;
  private final Cache<Placeholder, Kept> answers;

  /**
   * The answers to calls that the backend has not begun to answer: it may still refuse them, or the
   * connection may break.
   */
  private final Cache<Placeholder, Kept> expected;

  private final Policy.FixedExpiration<Placeholder, Kept> ages;

  /**
   * No answers yet.
   *
   * @param mostBytes how many bytes all answers may take together; one user may have a quarter of
   *     it
   */
  CommandAnswers(long mostBytes) {
    this(mostBytes, Ticker.systemTicker(), Scheduler.systemScheduler());
  }

  /**
   * No answers yet.
   *
   * @param scheduler has those that are too old removed when nothing else happens
   */
  CommandAnswers(long mostBytes, Ticker ticker, Scheduler scheduler) {
    this.mostBytes = mostBytes;
    answers =
        Caffeine.newBuilder()
            .expireAfterWrite(LIFE)
            .ticker(ticker)
            .scheduler(scheduler)
            .executor(Runnable::run)
            .build();
    expected =
        Caffeine.newBuilder()
            .expireAfterWrite(LIFE)
            .ticker(ticker)
            .scheduler(scheduler)
            .executor(Runnable::run)
            .maximumWeight(mostBytes / SHARES)
            .weigher(
                (Placeholder placeholder, Kept kept) ->
                    (int) Math.min(kept.bytes(), Integer.MAX_VALUE))
            .build();
    ages = answers.policy().expireAfterWrite().orElseThrow();
  }

  /** How many there are. */
  long size() {
    return answers.asMap().size();
  }

  /**
   * Remembers the answer to an operation that goes to the backend now. No kept answer is dropped
   * for it.
   */
  void expect(Placeholder placeholder, Owner owner, CommandAnswer answer) {
    expected.put(placeholder, new Kept(placeholder, owner, answer));
  }

  /**
   * Keeps the answer to an operation that the backend has begun to answer. If its user then has too
   * much, the oldest answer of that user's largest session is dropped; if all users together have
   * too much, the oldest answer of the user who has most.
   */
  synchronized void keep(Placeholder placeholder, Owner owner, CommandAnswer answer) {
    expected.invalidate(placeholder);
    answers.put(placeholder, new Kept(placeholder, owner, answer));
    List<Kept> all = new ArrayList<>(answers.asMap().values());
    shrink(
        ofUser(all, owner.user()),
        mostBytes / SHARES,
        MOST / SHARES,
        kept -> kept.owner().caller().session());
    shrink(new ArrayList<>(answers.asMap().values()), mostBytes, MOST, kept -> kept.owner().user());
  }

  private static List<Kept> ofUser(List<Kept> all, String user) {
    return all.stream()
        .filter(kept -> kept.owner().user().equals(user))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Takes the oldest of the largest group away until the rest is within the bounds. */
  private void shrink(List<Kept> all, long bytes, int count, Function<Kept, String> group) {
    while (all.size() > count || bytesOf(all) > bytes) {
      Map<String, Long> sizes =
          all.stream().collect(Collectors.groupingBy(group, Collectors.summingLong(Kept::bytes)));
      String largest =
          sizes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
      Kept oldest =
          all.stream()
              .filter(kept -> group.apply(kept).equals(largest))
              .max(Comparator.comparing(kept -> ages.ageOf(kept.placeholder()).orElse(LIFE)))
              .orElseThrow();
      answers.invalidate(oldest.placeholder());
      all.remove(oldest);
    }
  }

  private static long bytesOf(List<Kept> all) {
    return all.stream().mapToLong(Kept::bytes).sum();
  }

  /**
   * The answer to the operation whose placeholder the backend has run. An expected answer is kept
   * from then on.
   *
   * @param asker whose the operation must be
   * @return empty if it is another's, or is not kept
   */
  Optional<CommandAnswer> of(Placeholder placeholder, Owner asker) {
    Kept begun = expected.getIfPresent(placeholder);
    if (begun != null && begun.owner().equals(asker)) {
      keep(placeholder, asker, begun.answer()); // the backend has run its placeholder
      return Optional.of(begun.answer());
    }
    return Optional.ofNullable(answers.getIfPresent(placeholder))
        .filter(kept -> kept.owner().equals(asker))
        .map(Kept::answer);
  }
}
