package dev.graft.benchmarks.attacks;

import dev.graft.benchmarks.attacks.kind.AttackKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** All attacks, several at a time, in an order and for times that a seed decides. */
final class Mixed {
  /**
   * How long it takes.
   *
   * @param warmUp seconds of calls before anything is measured
   * @param time of the attacks
   * @param sampling how often the gateways are looked at
   * @param atOnce how many attacks there are at a time
   * @param seconds how long one of them takes at least; at most four times as long
   */
  record Effort(double warmUp, Duration time, Duration sampling, int atOnce, int seconds) {
    static Effort minutes(int minutes) {
      return new Effort(25, Duration.ofMinutes(minutes), Duration.ofMinutes(1), 3, 5);
    }
  }

  private static final int TICK_MILLIS = 200;

  private final Arena arena;
  private final Effort effort;
  private final List<AttackKind> kinds;
  private final Random random;
  private final Map<AttackKind, Long> ends = new EnumMap<>(AttackKind.class);

  Mixed(Arena arena, Effort effort, List<AttackKind> kinds, long seed) {
    this.arena = arena;
    this.effort = effort;
    this.kinds = List.copyOf(kinds);
    this.random = new Random(seed);
  }

  /** Attacks for the whole time, then looks at what is left. */
  MixedResults run() throws IOException, InterruptedException {
    List<MixedResults.OfSide> results = new ArrayList<>();
    List<Steady> steady = new ArrayList<>();
    for (Arena.Side side : arena.sides()) {
      AttacksCommand.say("Warming up the " + side.name());
      Latencies before = side.neighbour().call(effort.warmUp());
      List<String> ofTheStart = side.neighbour().takeFailures();
      results.add(new MixedResults.OfSide(side.name(), before));
      results.get(results.size() - 1).add(side.gateway().vitals());
      AttacksCommand.say("  " + before + "; not counted: " + ofTheStart.size() + " failures");
    }
    for (Arena.Side side : arena.sides()) {
      steady.add(Steady.start(side.neighbour()));
    }
    attack(results, steady);
    for (int i = 0; i < results.size(); i++) {
      Arena.Side side = arena.sides().get(i);
      results.get(i).end(steady.get(i).end(), side.neighbour().takeFailures());
      results.get(i).end(Aftermath.of(side.gateway(), results.get(i).before()));
    }
    return new MixedResults(results);
  }

  private void attack(List<MixedResults.OfSide> results, List<Steady> steady)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + effort.time().toNanos();
    long look = System.nanoTime() + effort.sampling().toNanos();
    while (System.nanoTime() < end) {
      change();
      if (System.nanoTime() > look) {
        look += effort.sampling().toNanos();
        for (int i = 0; i < results.size(); i++) {
          Vitals now = arena.sides().get(i).gateway().vitals();
          results.get(i).add(now);
          AttacksCommand.say(
              "%s: %s; its neighbour: %s"
                  .formatted(results.get(i).name(), now, steady.get(i).latest()));
        }
      }
      Thread.sleep(TICK_MILLIS);
    }
    for (AttackKind kind : ends.keySet()) {
      String unused = arena.end(kind);
    }
  }

  /** Ends attacks whose time is over, and begins others in their place. */
  private void change() throws IOException {
    for (AttackKind kind : List.copyOf(ends.keySet())) {
      if (System.nanoTime() > ends.getOrDefault(kind, 0L)) {
        ends.remove(kind);
        AttacksCommand.say("  end of " + kind.label() + ": " + arena.end(kind));
      }
    }
    while (ends.size() < Math.min(effort.atOnce(), kinds.size())) {
      AttackKind kind = kinds.get(random.nextInt(kinds.size()));
      if (!ends.containsKey(kind)) {
        double seconds = effort.seconds() * (1 + 3 * random.nextDouble());
        ends.put(kind, System.nanoTime() + (long) (seconds * 1e9));
        arena.begin(kind, random.nextLong());
      }
    }
  }

  /** A neighbour that calls all the time, on a thread of its own. */
  private static final class Steady extends Thread {
    private static final double SECONDS = 2;

    private final Neighbour neighbour;
    private final List<Latencies> all = new ArrayList<>();
    private volatile String latest = "no call yet";
    private volatile boolean over;

    private Steady(Neighbour neighbour) {
      super("neighbour");
      this.neighbour = neighbour;
    }

    static Steady start(Neighbour neighbour) {
      Steady steady = new Steady(neighbour);
      steady.setDaemon(true);
      steady.start();
      return steady;
    }

    @Override
    public void run() {
      try {
        while (!over) {
          Latencies some = neighbour.call(SECONDS);
          all.add(some);
          latest = some.toString();
        }
      } catch (InterruptedException e) {
        // It is over.
      }
    }

    String latest() {
      return latest;
    }

    /** Waits for its calls, and says how long they took. */
    Latencies end() throws InterruptedException {
      over = true;
      join();
      return Latencies.together(all);
    }
  }
}
