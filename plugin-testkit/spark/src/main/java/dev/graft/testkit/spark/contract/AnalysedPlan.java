package dev.graft.testkit.spark.contract;

import dev.graft.api.node.Nodes;
import dev.graft.testkit.Server;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.CreateDataFrameViewCommand;
import org.apache.spark.connect.proto.Relation;

/**
 * The analysed plan of a relation, as Spark explains it.
 *
 * @param text as Spark writes it, where each expression has a number of its own
 */
record AnalysedPlan(String text) {
  private static final String VIEW = "graft_contract_view";
  private static final String FROM = "== Analyzed Logical Plan ==";
  private static final String TO = "== Optimized Logical Plan ==";
  private static final Pattern NUMBER = Pattern.compile("#(\\d+)");

  /** Asks a server; leaves a view in the session. */
  static AnalysedPlan of(Relation relation, Server server) {
    server.execute(
        Command.newBuilder()
            .setCreateDataframeView(
                CreateDataFrameViewCommand.newBuilder()
                    .setInput(relation)
                    .setName(VIEW)
                    .setReplace(true))
            .build());
    String all = new ServerTrial(server).text(Nodes.sql("EXPLAIN EXTENDED TABLE " + VIEW).build());
    int from = all.indexOf(FROM);
    int to = all.indexOf(TO);
    return new AnalysedPlan(from < 0 || to < from ? all : all.substring(from, to));
  }

  /** The text with the numbers of expressions counted from 0, which differ at each analysis. */
  String renumbered() {
    Map<String, Integer> numbers = new HashMap<>();
    return NUMBER
        .matcher(text)
        .replaceAll(
            number -> {
              int next = numbers.size();
              return "#" + numbers.computeIfAbsent(number.group(1), unseen -> next);
            });
  }

  /** How many different columns with a name there are, in all of the plan. */
  long columnsNamed(String name) {
    Matcher matcher = Pattern.compile(Pattern.quote(name) + NUMBER.pattern()).matcher(text);
    return matcher.results().map(result -> result.group(1)).distinct().count();
  }
}
