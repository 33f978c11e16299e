package dev.graft.benchmarks.dispatch;

import com.google.protobuf.Any;
import dev.graft.benchmarks.table.MarkdownTable;
import dev.graft.benchmarks.table.Series;
import dev.graft.registry.Dispatcher;
import dev.graft.registry.PluginIndex;
import dev.graft.registry.RequestContext;
import dev.graft.registry.lowering.AnyExtension;
import dev.graft.spi.Answer;
import dev.graft.spi.ExtensionKind;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;

/**
 * What it costs to look for fields that a plugin does not know: one dispatched extension with and
 * without it.
 *
 * <p>Both sides run in turns of some milliseconds in one JVM, and what counts is the processor time
 * of the thread: the difference is far smaller than what a machine that does other things too adds
 * to the time of the day. All messages come by in each round, so that no call site knows one kind
 * of message only.
 */
public final class UnknownFieldsTable {
  private static final RequestContext REQUEST = new FixedRequest();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 300;
  private static final int WARM_UP_ROUNDS = 100;
  private static final long TURN_NANOSECONDS = 5_000_000;

  /** Keeps the compiler from leaving out what nobody looks at. */
  @SuppressWarnings("UnusedVariable")
  private static volatile Object taken = "";

  private UnknownFieldsTable() {}

  /** One message and the two ways it is dispatched. */
  private static final class Contest {
    private final Sent sent;
    private final Dispatcher looked;
    private final Dispatcher unlooked;
    private final byte[] extension;
    private final double[] withLooking = new double[ROUNDS];
    private final double[] without = new double[ROUNDS];
    private int operations = 100;

    Contest(Sent sent) {
      this.sent = sent;
      this.looked = dispatcher(sent.plugin());
      this.unlooked = dispatcher(new Unlooked<>(sent.plugin()));
      this.extension = Any.pack(sent.message()).toByteArray();
    }

    private static Dispatcher dispatcher(Object plugin) {
      return new Dispatcher(new PluginIndex(List.of(Contenders.loaded(plugin))), List.of());
    }

    /** Adjusts the number of operations to the length of a turn. */
    void warmUp() {
      double nanoseconds = (turn(unlooked) + turn(looked)) / 2;
      operations = (int) Math.max(10, TURN_NANOSECONDS / Math.max(1, nanoseconds));
    }

    void round(int round) {
      if (round % 2 == 0) {
        without[round] = turn(unlooked);
        withLooking[round] = turn(looked);
      } else {
        withLooking[round] = turn(looked);
        without[round] = turn(unlooked);
      }
    }

    /** Nanoseconds of one operation. */
    private double turn(Dispatcher dispatcher) {
      long start = THREADS.getCurrentThreadCpuTime();
      for (int operation = 0; operation < operations; operation++) {
        Answer answer =
            dispatcher
                .dispatch(AnyExtension.read(ExtensionKind.RELATION, extension), REQUEST)
                .answer();
        taken = answer;
      }
      return (double) (THREADS.getCurrentThreadCpuTime() - start) / operations;
    }

    void addTo(MarkdownTable table) {
      Series one = new Series(without);
      Series other = new Series(withLooking);
      table.row(
          sent.name().toLowerCase(Locale.ROOT).replace('_', ' '),
          String.format(Locale.ROOT, "%,d", extension.length),
          String.format(Locale.ROOT, "%,.0f", one.median()),
          String.format(Locale.ROOT, "%,.0f", other.median()),
          String.format(Locale.ROOT, "%.3f", other.over(one)));
    }
  }

  /**
   * Measures for about half a minute of processor time.
   *
   * @return the table in Markdown
   */
  public static String measure() {
    List<Contest> contests = List.of(Sent.values()).stream().map(Contest::new).toList();
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      contests.forEach(Contest::warmUp);
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (Contest contest : contests) {
        contest.round(round);
      }
    }
    MarkdownTable table =
        new MarkdownTable(
            "| message | bytes | not looked, ns | looked, ns | looked / not looked |\n|:--|--:|--:|--:|--:|\n");
    contests.forEach(contest -> contest.addTo(table));
    return table.toString();
  }
}
