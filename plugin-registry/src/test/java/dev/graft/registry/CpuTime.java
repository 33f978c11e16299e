package dev.graft.registry;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** Time that the processor works for a test, which others on the machine don't make longer. */
public final class CpuTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuTime() {}

  /** How long the processor works for something on this thread. */
  public static Duration of(Runnable work) {
    long begin = THREADS.getCurrentThreadCpuTime();
    work.run();
    return Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begin);
  }
}
