package dev.graft.benchmarks.reload;

import dev.graft.benchmarks.gateway.ChildProcess;
import dev.graft.registry.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** A fresh JVM that measures, once it is asked. */
final class ReloadProcess {
  private static final int QUIET_RELOADS = 7;
  private static final Duration NOW_AND_THEN = Duration.ofSeconds(1);

  private final PluginFolder folder;
  private final Duration period;
  private final int periods;
  private final Registry registry;
  private final SteadyLoad load;

  private ReloadProcess(PluginFolder folder, Duration period, int periods) {
    this.folder = folder;
    this.period = period;
    this.periods = periods;
    this.registry = folder.load();
    this.load = new SteadyLoad(registry, folder);
  }

  /** Takes the folder, the number of jars in it, the milliseconds of a period and their number. */
  public static void main(String[] arguments) {
    PluginFolder folder = new PluginFolder(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    Duration period = Duration.ofMillis(Long.parseLong(arguments[2]));
    int periods = Integer.parseInt(arguments[3]);
    ChildProcess.serve(0, question -> new ReloadProcess(folder, period, periods).measure().line());
  }

  private Measured measure() {
    List<Double> notCounted = new ArrayList<>();
    for (int round = 0; round < 2; round++) { // until it is warm
      beside(notCounted, Duration.ZERO);
    }
    List<Double> one = new ArrayList<>();
    List<Double> all = new ArrayList<>();
    for (int round = 0; round < QUIET_RELOADS; round++) {
      one.add(reload(1));
      all.add(reload(folder.plugins()));
    }
    List<Double> busy = new ArrayList<>();
    LongStream without = LongStream.empty();
    LongStream seldom = LongStream.empty();
    LongStream always = LongStream.empty();
    for (int round = 0; round < periods; round++) {
      without = LongStream.concat(without, LongStream.of(load.run(period)));
      seldom = LongStream.concat(seldom, LongStream.of(beside(busy, NOW_AND_THEN)));
      always = LongStream.concat(always, LongStream.of(beside(notCounted, Duration.ZERO)));
    }
    return new Measured(
        middle(one),
        middle(all),
        middle(busy),
        Measured.Requests.of(without.toArray()),
        Measured.Requests.of(seldom.toArray()),
        Measured.Requests.of(always.toArray()));
  }

  /** Requests, with reloads beside them, and so much time between these. */
  private long[] beside(List<Double> reloads, Duration pause) {
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> reloading =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                reloads.add(reload(folder.plugins()));
                LockSupport.parkNanos(pause.toNanos());
              }
            },
            task -> new Thread(task, "reload").start());
    long[] nanos = load.run(period);
    over.set(true);
    reloading.join();
    return nanos;
  }

  /** Milliseconds. */
  private double reload(int changed) {
    try {
      folder.touch(changed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long start = System.nanoTime();
    int loaded = registry.reload().report().loaded().size();
    double millis = (System.nanoTime() - start) / 1e6;
    if (loaded != folder.plugins()) {
      throw new IllegalStateException(loaded + " plugins have been loaded");
    }
    return millis;
  }

  private static double middle(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
