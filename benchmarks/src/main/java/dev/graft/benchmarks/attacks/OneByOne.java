package dev.graft.benchmarks.attacks;

import dev.graft.benchmarks.attacks.kind.AttackKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Each attack by itself, with the neighbour's calls before, beside and after it. */
final class OneByOne {
  /**
   * How long it takes.
   *
   * @param warmUp seconds of calls before anything is measured
   * @param before seconds before each attack
   * @param during seconds beside it
   * @param after seconds of each measurement after it
   * @param times how many measurements after it there may be until all is well again
   */
  record Effort(double warmUp, double before, double during, double after, int times) {
    static final Effort USUAL = new Effort(25, 6, 12, 6, 6);
  }

  private final Arena arena;
  private final Effort effort;

  OneByOne(Arena arena, Effort effort) {
    this.arena = arena;
    this.effort = effort;
  }

  /** Runs them in this order. */
  AttackResults run(List<AttackKind> kinds, long seed) throws IOException, InterruptedException {
    Map<Arena.Side, Vitals> before =
        new TreeMap<>((one, other) -> one.name().compareTo(other.name()));
    for (Arena.Side side : arena.sides()) {
      AttacksCommand.say("Warming up the " + side.name());
      side.neighbour().call(effort.warmUp());
      before.put(side, side.gateway().vitals());
    }
    List<Harm> harms = new ArrayList<>();
    for (AttackKind kind : kinds) {
      Harm harm = measure(kind, seed);
      AttacksCommand.say("  before " + harm.before());
      AttacksCommand.say("  during " + harm.during() + "; the attacker: " + harm.attacker());
      AttacksCommand.say(
          "  after  "
              + harm.after()
              + "; failures: "
              + harm.failures().stream().distinct().limit(3).toList());
      harms.add(harm);
    }
    Map<String, Aftermath> aftermaths = new TreeMap<>();
    for (Map.Entry<Arena.Side, Vitals> side : before.entrySet()) {
      aftermaths.put(side.getKey().name(), Aftermath.of(side.getKey().gateway(), side.getValue()));
    }
    return new AttackResults(harms, aftermaths);
  }

  private Harm measure(AttackKind kind, long seed) throws IOException, InterruptedException {
    AttacksCommand.say("Measuring " + kind.label() + ": " + kind.what());
    Arena.Side side = arena.side(kind);
    Neighbour neighbour = side.neighbour();
    List<String> unused = neighbour.takeFailures();
    long logBytes = side.gateway().logBytes();
    Latencies before = neighbour.call(effort.before());
    arena.begin(kind, seed);
    Latencies during = neighbour.call(effort.during());
    String attacker = arena.end(kind);
    Latencies after = neighbour.call(effort.after());
    for (int time = 1; time < effort.times() && !Harm.recovered(before, after); time++) {
      Latencies again = neighbour.call(effort.after());
      after = again.p99() < after.p99() ? again : after;
    }
    return new Harm(
        kind.label(),
        before,
        during,
        after,
        neighbour.takeFailures(),
        attacker,
        side.gateway().logBytes() - logBytes);
  }
}
