package dev.graft.gateway.connect;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The answers to commands whose operations a client may reattach to. Bounded in number, size and
 * time, the oldest going first. Safe for use by several threads.
 */
final class CommandAnswers {
  private static final int MOST = 10_000;
  private static final long MOST_BYTES = 64L << 20;

  /** Longer than Spark keeps an operation that nobody is attached to. */
  private static final long LIFE_NANOS = Duration.ofMinutes(10).toNanos();

  private record Operation(String userId, String sessionId, String operationId) {}

  private record Remembered(CommandAnswer answer, long sinceNanos) {}

  private final Map<Operation, Remembered> answers = new LinkedHashMap<>();
  private long bytes;

  /** Whether there is none; quick enough for an event loop. */
  synchronized boolean isEmpty() {
    return answers.isEmpty();
  }

  synchronized void remember(
      String userId, String sessionId, String operationId, CommandAnswer answer) {
    Operation operation = new Operation(userId, sessionId, operationId);
    Remembered before = answers.remove(operation);
    if (before != null) {
      bytes -= before.answer().content().length;
    }
    answers.put(operation, new Remembered(answer, System.nanoTime()));
    bytes += answer.content().length;
    forgetTheOldest();
  }

  private void forgetTheOldest() {
    Iterator<Remembered> oldestFirst = answers.values().iterator();
    while (oldestFirst.hasNext()) {
      Remembered oldest = oldestFirst.next();
      boolean tooOld = System.nanoTime() - oldest.sinceNanos() > LIFE_NANOS;
      if (!tooOld && answers.size() <= MOST && bytes <= MOST_BYTES) {
        return;
      }
      oldestFirst.remove();
      bytes -= oldest.answer().content().length;
    }
  }

  synchronized Optional<CommandAnswer> of(String userId, String sessionId, String operationId) {
    return Optional.ofNullable(answers.get(new Operation(userId, sessionId, operationId)))
        .map(Remembered::answer);
  }
}
