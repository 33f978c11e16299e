package dev.graft.gateway.threads;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Stands still until the test lets time pass. */
final class ManualClock implements LoweringClock {
  private record Due(long nanos, FutureTask<?> task) {}

  private final List<Due> dues = new ArrayList<>(); // guarded by this
  private long now; // guarded by this

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized Future<?> after(long nanos, Runnable task) {
    FutureTask<?> future = new FutureTask<>(task, null);
    dues.add(new Due(now + nanos, future));
    return future;
  }

  /** Lets time pass, and does on the test's thread what is due by then, in its order. */
  void pass(Duration time) {
    long until = nanoTime() + time.toNanos();
    for (Optional<Due> due = next(until); due.isPresent(); due = next(until)) {
      due.get().task().run();
    }
    synchronized (this) {
      now = until;
    }
  }

  /** How many things are still to be done, as long as nobody cancels them. */
  synchronized long outstanding() {
    return dues.stream().filter(due -> !due.task().isCancelled()).count();
  }

  private synchronized Optional<Due> next(long until) {
    Optional<Due> next =
        dues.stream().filter(due -> due.nanos() <= until).min(Comparator.comparingLong(Due::nanos));
    next.ifPresent(
        due -> {
          dues.remove(due);
          now = Math.max(now, due.nanos());
        });
    return next;
  }

  @Override
  public synchronized void close() {
    dues.clear();
  }
}
