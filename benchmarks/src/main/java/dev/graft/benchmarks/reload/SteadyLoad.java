package dev.graft.benchmarks.reload;

import dev.graft.benchmarks.dispatch.FixedRequest;
import dev.graft.registry.PlanLowering;
import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.Lowering;
import dev.graft.registry.lowering.LoweringTable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests that come in time with a clock, whether or not those before them have been answered; a
 * request's time begins when it should have come. Used by one thread.
 */
final class SteadyLoad {
  private static final long EVERY_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private final Registry registry;
  private final byte[][] plans;
  private final Lowering lowering = new Lowering(LoweringTable.ofConnect());
  private int next;

  SteadyLoad(Registry registry, PluginFolder folder) {
    this.registry = registry;
    this.plans = new byte[folder.plugins()][];
    for (int number = 0; number < plans.length; number++) {
      plans[number] = folder.plan(number);
    }
  }

  /** Sends requests for so long; returns the nanoseconds of each. */
  long[] run(Duration period) {
    long[] nanos = new long[(int) (period.toNanos() / EVERY_NANOS)];
    long due = System.nanoTime();
    for (int request = 0; request < nanos.length; request++) {
      due += EVERY_NANOS;
      for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
        LockSupport.parkNanos(early);
      }
      lower();
      nanos[request] = System.nanoTime() - due;
    }
    return nanos;
  }

  /** One request, as a host begins and ends it. */
  private void lower() {
    byte[] plan = plans[next++ % plans.length];
    Snapshot snapshot = registry.current();
    byte[] lowered =
        new PlanLowering(lowering, snapshot.dispatcher())
            .lower(
                ConnectType.PLAN,
                plan,
                new FixedRequest(),
                new ExpansionBudget(snapshot.expansionLimits()));
    if (lowered.length == plan.length) {
      throw new IllegalStateException("The plan is as it was");
    }
  }
}
