package dev.graft.benchmarks.attacks;

import dev.graft.benchmarks.table.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What became of the gateways while all attacks were mixed.
 *
 * @param sides each gateway
 */
record MixedResults(List<OfSide> sides) {
  MixedResults {
    sides = List.copyOf(sides);
  }

  /** One gateway. Used by one thread. */
  static final class OfSide {
    /** Fewer looks than this say nothing about how it goes on. */
    private static final int LOOKS = 9;

    private static final int MEGABYTE = 1 << 20;

    private final String name;
    private final Latencies before;
    private final List<Vitals> looks = new ArrayList<>();
    private @Nullable Latencies during;
    private List<String> failures = List.of();
    private @Nullable Aftermath aftermath;

    OfSide(String name, Latencies before) {
      this.name = name;
      this.before = before;
    }

    String name() {
      return name;
    }

    void add(Vitals look) {
      looks.add(look);
    }

    /** The state before all attacks. */
    Vitals before() {
      return looks.get(0);
    }

    void end(Latencies beside, List<String> failed) {
      during = beside;
      failures = List.copyOf(failed);
    }

    void end(Aftermath left) {
      aftermath = left;
    }

    List<String> failures() {
      return failures;
    }

    Aftermath aftermath() {
      if (aftermath == null) {
        throw new IllegalStateException("It is not over");
      }
      return aftermath;
    }

    boolean met() {
      return failures.isEmpty() && aftermath().clean() && growth().isEmpty();
    }

    /**
     * What has grown: the minimum over the last third of the looks is compared with that over the
     * first third. Minima, since what attacks hold for a while is not there at every look.
     */
    String growth() {
      if (looks.size() < LOOKS) {
        return "";
      }
      StringBuilder growth = new StringBuilder();
      note(growth, "heap", Vitals::heap, 32L * MEGABYTE);
      note(growth, "direct memory", Vitals::direct, 32L * MEGABYTE);
      note(growth, "threads", Vitals::threads, 8);
      note(growth, "descriptors", Vitals::descriptors, 32);
      return growth.toString();
    }

    private void note(StringBuilder growth, String what, ToLongFunction<Vitals> of, long allowed) {
      int third = looks.size() / 3;
      long first = least(looks.subList(1, 1 + third), of);
      long last = least(looks.subList(looks.size() - third, looks.size()), of);
      if (last - first > allowed) {
        growth.append(what).append(" from ").append(first).append(" to ").append(last).append("; ");
      }
    }

    private static long least(List<Vitals> looks, ToLongFunction<Vitals> of) {
      return looks.stream().mapToLong(of).min().orElseThrow();
    }
  }

  /** Whether all is as wanted. */
  boolean met() {
    return sides.stream().allMatch(OfSide::met);
  }

  /** The table in Markdown, and what is not as wanted. */
  String markdown() {
    MarkdownTable table =
        new MarkdownTable(
            """
            | gateway | when | live heap, MB | direct memory, MB | threads | descriptors | streams | lowering tasks |
            |:--|:--|--:|--:|--:|--:|--:|--:|
            """);
    StringBuilder text = new StringBuilder();
    for (OfSide side : sides) {
      for (int look = 0; look < side.looks.size(); look++) {
        table.row(
            side.name,
            look == 0 ? "before" : Integer.toString(look),
            String.join(" | ", side.looks.get(look).cells()));
      }
      table.row(side.name, "after", String.join(" | ", side.aftermath().after().cells()));
      text.append(
          String.format(
              Locale.ROOT,
              "%s: the neighbour's calls took %s before, %s beside; %d failed %s%n",
              side.name,
              side.before,
              side.during,
              side.failures.size(),
              side.failures.stream().distinct().limit(5).toList()));
      text.append(
          String.format(
              Locale.ROOT,
              "%s: %s a minute after; OutOfMemoryErrors in the log: %d; growth: %s%n",
              side.name,
              side.aftermath().left().isEmpty()
                  ? "nothing is left"
                  : side.aftermath().left() + " are left",
              side.aftermath().outOfMemory().size(),
              side.growth().isEmpty() ? "none" : side.growth()));
      side.aftermath().outOfMemory().stream()
          .distinct()
          .forEach(error -> text.append("  ").append(error).append('\n'));
    }
    return table + "\n" + text;
  }
}
