package dev.graft.gateway.proxy;

import dev.graft.gateway.memory.StalledCalls.Stall;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Couples a receiving side to a sending one: the next message is asked for once the sending side
 * has room for it. Safe for use by several threads.
 */
final class Demand {
  private final BooleanSupplier room;
  private final Runnable askForNext;
  private final Stall stall;
  private final AtomicBoolean owed = new AtomicBoolean();

  /**
   * Owes nothing yet.
   *
   * @param room whether the sending side has room
   * @param askForNext asks the receiving side
   * @param stall is told when there is no room
   */
  Demand(BooleanSupplier room, Runnable askForNext, Stall stall) {
    this.room = room;
    this.askForNext = askForNext;
    this.stall = stall;
  }

  /** A message has been passed on. */
  void passedOn() {
    // Set before the room is looked at, so that room that comes in between is noticed here or in
    // roomCame.
    owed.set(true);
    if (room.getAsBoolean()) {
      roomCame();
      return;
    }
    stall.begins();
    if (!owed.get()) {
      stall.ends(); // room came before it had begun
    }
  }

  /** The sending side says that it has room. */
  void roomCame() {
    if (owed.compareAndSet(true, false)) {
      stall.ends();
      askForNext.run();
    }
  }
}
