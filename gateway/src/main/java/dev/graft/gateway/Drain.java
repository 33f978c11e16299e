package dev.graft.gateway;

import dev.graft.gateway.proxy.CallsUnderWay;
import dev.graft.gateway.transport.EventLoops;
import io.grpc.Server;
import io.grpc.protobuf.services.HealthStatusManager;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** How a server comes to its end. Safe for use by several threads. */
final class Drain {
  private static final long STEP_MILLIS = 100;

  /**
   * After how many steps without a call the rest is cut off. What is left then are connections that
   * don't answer the farewell, and clients that watch the gateway's health, who would stay for
   * ever; a call that crossed the farewell has come by then.
   */
  private static final int QUIET_STEPS = 20;

  private final Server server;
  private final HealthStatusManager health;
  private final EventLoops loops;
  private final CallsUnderWay calls;
  private final Duration patience;
  private final AtomicBoolean begun = new AtomicBoolean();

  Drain(
      Server server,
      HealthStatusManager health,
      EventLoops loops,
      CallsUnderWay calls,
      Duration patience) {
    this.server = server;
    this.health = health;
    this.loops = loops;
    this.calls = calls;
    this.patience = patience;
  }

  /** Lets clients go and calls end. A second call of this method cuts them off. */
  void run() {
    try {
      if (begun.compareAndSet(false, true)) {
        long begin = System.nanoTime();
        health.enterTerminalState();
        // For half of the time each client goes when it has nothing under way; then all are told.
        loops.letClientsGo();
        letCallsEnd(begin, patience.dividedBy(2));
        server.shutdown();
        letCallsEnd(begin, patience);
      }
      server.shutdownNow();
      server.awaitTermination();
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void letCallsEnd(long begin, Duration most) throws InterruptedException {
    int quiet = 0;
    while (quiet < QUIET_STEPS && System.nanoTime() - begin < most.toNanos()) {
      if (server.awaitTermination(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
      quiet = calls.count() == 0 ? quiet + 1 : 0;
    }
  }
}
