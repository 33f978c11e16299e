package dev.graft.benchmarks;

import dev.graft.benchmarks.attacks.AttacksCommand;
import dev.graft.benchmarks.dispatch.DispatchTable;
import dev.graft.benchmarks.dispatch.UnknownFieldsTable;
import dev.graft.benchmarks.gateway.GatewayTables;
import dev.graft.benchmarks.lowering.LoweringTables;
import dev.graft.benchmarks.nesting.NestingTables;
import dev.graft.benchmarks.operations.OperationTables;
import dev.graft.benchmarks.reload.ReloadTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** Runs the benchmarks that are asked for and prints their tables after JMH's own log. */
public final class Benchmarks {
  private static final String HELP =
      """
      Usage: java -jar benchmarks.jar TABLE

      Measures, then prints a table in Markdown. TABLE is one of:
        dispatch    finding the plugin for an extension, against Spark's chain of plugins (8 minutes)
        counting    what it costs to count a call of a plugin (1 minute; dispatch measures it too)
        unknown     looking for fields that a plugin does not know, against not looking (1 minute)
        gateway     the gateway against a direct connection, nginx and a plain proxy (9 minutes);
                    gateway --short takes a fifth of that, and its figures are rough
        operations  TopK, AsOfJoin, Diff and Profile against PySpark by hand (20 minutes);
                    operations ROWS:ROUNDS ... takes other sizes, the smallest first
        nesting     analyses, plugin calls and times of extensions in one another and of loops, against the same
                    by hand (10 minutes)
        lowering    replacing the extensions in a plan, against parsing it with protobuf-java (3 minutes)
        reload      loading 100 plugins again beside a steady load of requests, against the same load alone (3 minutes)
        attacks     a client of the gateway beside others that attack it (10 minutes); attacks --help tells more

      Run it on a machine that does nothing else.
      """;

  private Benchmarks() {}

  /**
   * Takes the name of the table. Ends the process with code 2 if there is none of that name.
   *
   * @throws RunnerException if a benchmark fails
   * @throws IOException if a process of a benchmark cannot be started, or ends before its time
   */
  public static void main(String[] arguments)
      throws RunnerException, IOException, InterruptedException {
    if (arguments.length > 0 && arguments[0].equals("attacks")) {
      System.exit(AttacksCommand.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
    }
    if (arguments.length > 1
        && arguments[0].equals("operations")
        && Arrays.stream(arguments).skip(1).allMatch(OperationTables::isSize)) {
      print(OperationTables.measure(List.of(arguments).subList(1, arguments.length)));
      return;
    }
    switch (List.of(arguments).toString()) {
      case "[dispatch]" -> print(DispatchTable.measure());
      case "[counting]" -> print(DispatchTable.counting());
      case "[unknown]" -> print(UnknownFieldsTable.measure());
      case "[gateway]" -> print(GatewayTables.measure(false));
      case "[gateway, --short]" -> print(GatewayTables.measure(true));
      case "[lowering]" -> print(LoweringTables.measure());
      case "[nesting]" -> print(NestingTables.measure());
      case "[reload]" -> print(ReloadTable.measure());
      case "[operations]" -> print(OperationTables.measure());
      case "[help]", "[--help]", "[-h]" -> System.out.print(HELP);
      default -> {
        System.err.println(
            arguments.length == 0
                ? "Which table? None is named."
                : "There is no table '" + String.join(" ", Arrays.asList(arguments)) + "'.");
        System.err.print(HELP);
        System.exit(2);
      }
    }
  }

  private static void print(String tables) {
    System.out.println();
    System.out.print(tables);
  }
}
