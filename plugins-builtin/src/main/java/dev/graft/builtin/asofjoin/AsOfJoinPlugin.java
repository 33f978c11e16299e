package dev.graft.builtin.asofjoin;

import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.RelationNode;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.schema.InputColumns;
import dev.graft.builtin.schema.NameParts;
import dev.graft.builtin.v1.AsOfJoin;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;

/** Each row of the left with the row of the right that is nearest to it. */
public final class AsOfJoinPlugin implements RelationPlugin<AsOfJoin> {
  @Override
  public Class<AsOfJoin> messageType() {
    return AsOfJoin.class;
  }

  @Override
  public Optional<Relation> transform(AsOfJoin join, PlanningContext context) {
    check(join, context);
    Matching matching =
        new Matching(
            Nodes.expression(join.getOn()),
            Nodes.expression(join.hasRightOn() ? join.getRightOn() : join.getOn()),
            by(join),
            join.getDirection(),
            join.hasTolerance()
                ? Optional.of(Nodes.expression(join.getTolerance()))
                : Optional.empty(),
            !join.hasAllowExactMatches() || join.getAllowExactMatches(),
            join.getUnmatched() == AsOfJoin.Unmatched.KEPT);
    return Optional.of(
        (join.getStrategy() == AsOfJoin.Strategy.SPARK_NODE
                ? new SparkNode(matching)
                    .join(Nodes.relation(join.getLeft()), Nodes.relation(join.getRight()))
                : sorted(join, matching, context))
            .build());
  }

  /** The names of columns, read as that of {@code on} is. */
  private static List<String> by(AsOfJoin join) {
    return join.getByList().stream()
        .map(
            text ->
                NameParts.of(text)
                    .filter(parts -> parts.size() == 1)
                    .map(parts -> parts.get(0))
                    .orElseThrow(
                        () ->
                            OptionCheck.of(join)
                                .refusal(
                                    "by",
                                    "'" + text + "'",
                                    "Give names of columns, in backticks those that hold a dot or"
                                        + " a backtick, which is then written twice")))
        .toList();
  }

  private static RelationNode sorted(AsOfJoin join, Matching matching, PlanningContext context) {
    InputColumns left = InputColumns.of(join.getLeft(), context);
    InputColumns right = InputColumns.of(join.getRight(), context);
    OptionCheck check = OptionCheck.of(join);
    List<Key> keys = matching.by().stream().map(name -> Key.of(name, left, right, check)).toList();
    return new SortedSides(matching, left, right, keys).join();
  }

  private static void check(AsOfJoin join, PlanningContext context) {
    OptionCheck check = OptionCheck.of(join);
    check.given(join.hasLeft(), "left", "Give the DataFrame whose rows to find matches for");
    check.given(join.hasRight(), "right", "Give the DataFrame to find matches in");
    check.given(join.hasOn(), "on", "Give the column that is compared");
    check.known(join.getDirection(), join.getDirectionValue(), "direction");
    check.known(join.getUnmatched(), join.getUnmatchedValue(), "unmatched");
    check.known(join.getStrategy(), join.getStrategyValue(), "strategy");
    Tolerance.check(join, check);
    if (join.getStrategy() == AsOfJoin.Strategy.SPARK_NODE && !SparkNode.isKnownBy(context)) {
      throw check.refusal(
          "strategy",
          "SPARK_NODE, but the server is Spark " + context.connectVersion(),
          "Give AUTOMATIC or SORTED, or use Spark 4.0 or later");
    }
  }
}
