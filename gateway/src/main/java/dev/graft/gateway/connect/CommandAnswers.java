package dev.graft.gateway.connect;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;

/**
 * The answers to commands whose operations a client may reattach to. Each goes after ten minutes,
 * by itself; the oldest go earlier where there are too many. Safe for use by several threads.
 */
final class CommandAnswers {
  private static final int MOST = 10_000;
  private static final long MOST_BYTES = 64L << 20;

  /** Longer than Spark keeps an operation that nobody is attached to. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  private record Operation(String userId, String sessionId, String operationId) {}

  private final Cache<Operation, CommandAnswer> answers;
  private final Policy.FixedExpiration<Operation, CommandAnswer> ages;

  CommandAnswers() {
    this(Ticker.systemTicker(), Scheduler.systemScheduler());
  }

  /**
   * No answers yet.
   *
   * @param scheduler has those that are too old removed when nothing else happens
   */
  CommandAnswers(Ticker ticker, Scheduler scheduler) {
    answers =
        Caffeine.newBuilder()
            .expireAfterWrite(LIFE)
            .ticker(ticker)
            .scheduler(scheduler)
            .executor(Runnable::run)
            .build();
    ages = answers.policy().expireAfterWrite().orElseThrow();
  }

  /** Whether there is none; quick enough for an event loop. */
  boolean isEmpty() {
    return answers.asMap().isEmpty();
  }

  /**
   * Keeps an answer. What the cache itself offers against too many would drop the newest as soon as
   * older ones, and those are what clients reattach to.
   */
  synchronized void remember(
      String userId, String sessionId, String operationId, CommandAnswer answer) {
    answers.put(new Operation(userId, sessionId, operationId), answer);
    while (answers.asMap().size() > MOST || bytes() > MOST_BYTES) {
      ages.oldest(1).keySet().forEach(answers::invalidate);
    }
  }

  private long bytes() {
    return answers.asMap().values().stream().mapToLong(answer -> answer.content().length).sum();
  }

  Optional<CommandAnswer> of(String userId, String sessionId, String operationId) {
    return Optional.ofNullable(answers.getIfPresent(new Operation(userId, sessionId, operationId)));
  }
}
