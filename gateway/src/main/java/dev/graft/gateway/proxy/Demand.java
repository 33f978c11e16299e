package dev.graft.gateway.proxy;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Couples a receiving side to a sending one: the next message is asked for once the sending side
 * has room for it. Safe for use by several threads.
 */
final class Demand {
  private final BooleanSupplier room;
  private final Runnable askForNext;
  private final AtomicBoolean owed = new AtomicBoolean();

  Demand(BooleanSupplier room, Runnable askForNext) {
    this.room = room;
    this.askForNext = askForNext;
  }

  /** A message has been passed on. */
  void passedOn() {
    // Set before the room is looked at, so that room that comes in between is noticed here or in
    // roomCame.
    owed.set(true);
    if (room.getAsBoolean()) {
      roomCame();
    }
  }

  /** The sending side says that it has room. */
  void roomCame() {
    if (owed.compareAndSet(true, false)) {
      askForNext.run();
    }
  }
}
