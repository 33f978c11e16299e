package dev.graft.gateway.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the jars of all sessions may take of the disk, those that are on their way included. Safe
 * for use by several threads.
 */
final class DiskRoom {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  DiskRoom(long most) {
    this.most = most;
  }

  /** Takes bytes, which have to be given back even if there are too many now. */
  boolean take(long bytes) {
    return taken.addAndGet(bytes) <= most;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}
