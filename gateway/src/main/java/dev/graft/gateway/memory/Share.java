package dev.graft.gateway.memory;

import dev.graft.registry.error.GraftException;
import org.jspecify.annotations.Nullable;

/**
 * What one message, and what is made of it, takes of a {@link MemoryBudget}, until all who hold the
 * share have closed it. Safe for use by several threads.
 */
public final class Share implements AutoCloseable {
  private final MemoryBudget budget;
  private long taken;
  private int holders = 1;
  private @Nullable ConnectionMemory connection;

  /** Makes a share with one holder. */
  Share(MemoryBudget budget) {
    this.budget = budget;
  }

  /** Makes it count for a connection as well; to be called before it takes anything. */
  synchronized void of(ConnectionMemory counted) {
    connection = counted;
  }

  /**
   * Adds a holder, who must close the share as well.
   *
   * @return this
   */
  public synchronized Share hold() {
    if (holders > 0) { // else the call is over, and nothing is counted any more
      holders++;
    }
    return this;
  }

  /**
   * Takes bytes before they are there.
   *
   * @return false if there are not so many left; then it has taken none
   */
  public synchronized boolean tryTake(long bytes) {
    if (holders > 0) {
      if (!budget.take(bytes, taken + bytes <= MemoryBudget.SMALL, connection)) {
        return false;
      }
      taken += bytes;
    }
    return true;
  }

  /**
   * Takes bytes before they are there.
   *
   * @throws GraftException GRAFT_MEMORY_EXHAUSTED if there are not so many left
   */
  public void take(long bytes) {
    if (!tryTake(bytes)) {
      throw budget.exhausted();
    }
  }

  /** How many bytes it has taken. */
  public synchronized long taken() {
    return taken;
  }

  /** Gives back what it has taken beyond this many bytes. */
  public synchronized void shrinkTo(long bytes) {
    if (taken > bytes) {
      budget.giveBack(taken - bytes, connection);
      taken = bytes;
    }
  }

  @Override
  public synchronized void close() {
    if (holders > 0 && --holders == 0) {
      shrinkTo(0);
    }
  }
}
