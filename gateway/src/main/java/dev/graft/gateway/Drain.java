package dev.graft.gateway;

import dev.graft.gateway.proxy.CallsUnderWay;
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
  private final CallsUnderWay calls;
  private final Duration patience;
  private final AtomicBoolean begun = new AtomicBoolean();

  Drain(Server server, HealthStatusManager health, CallsUnderWay calls, Duration patience) {
    this.server = server;
    this.health = health;
    this.calls = calls;
    this.patience = patience;
  }

  /** Lets calls end. A second call of this method cuts them off. */
  void run() {
    try {
      if (begun.compareAndSet(false, true)) {
        health.enterTerminalState();
        server.shutdown();
        letCallsEnd();
      }
      server.shutdownNow();
      server.awaitTermination();
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void letCallsEnd() throws InterruptedException {
    long begin = System.nanoTime();
    int quiet = 0;
    while (quiet < QUIET_STEPS && System.nanoTime() - begin < patience.toNanos()) {
      if (server.awaitTermination(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
      quiet = calls.none() ? quiet + 1 : 0;
    }
  }
}
