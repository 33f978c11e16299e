package dev.graft.spark.analysis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import scala.Enumeration;
import scala.collection.immutable.Seq;

/**
 * Which answers Spark may analyse together with the plan around them, as it does with a plan by
 * hand. When extensions are answered, Spark has replaced already what must be replaced before all
 * else, such as common table expressions; an answer that may hold something of the kind is analysed
 * by itself, and so is one with nodes or expressions that are not in the lists below.
 *
 * <p>An answer of many levels is analysed by itself, too. Spark's analyser goes over a plan a
 * hundred times at most, and each level may take some of these; a client who puts many extensions
 * on one another does not see how many levels they stand for.
 */
final class OneAnalysis {
  private static final Set<Class<?>> NODES =
      Set.of(
          Aggregate.class,
          Distinct.class,
          Filter.class,
          GlobalLimit.class,
          Join.class,
          LocalLimit.class,
          LocalRelation.class,
          Offset.class,
          OneRowRelation.class,
          Project.class,
          Range.class,
          Sort.class,
          SubqueryAlias.class,
          UnansweredRelation.class,
          UnresolvedRelation.class);

  private static final Seq<Enumeration.Value> BY_THEMSELVES =
      Nodes.list(
          List.of(
              TreePattern.LAZY_EXPRESSION(),
              TreePattern.PLAN_EXPRESSION(),
              TreePattern.UNRESOLVED_PLAN_ID(),
              TreePattern.UNRESOLVED_WINDOW_EXPRESSION()));

  /**
   * How many levels of nodes may be not analysed: far fewer than the times that Spark goes over a
   * plan.
   */
  private static final int MOST_LEVELS = 10;

  private OneAnalysis() {}

  /**
   * Whether an answer may be left to the analysis that asked for it.
   *
   * @param inputs the extension's, which have been in the plan from its beginning
   */
  static boolean suffices(LogicalPlan answer, List<LogicalPlan> inputs) {
    return above(inputs, answer).allMatch(OneAnalysis::isPlain);
  }

  /** Whether an answer holds extensions of its own. */
  static boolean holdsExtensions(LogicalPlan answer, List<LogicalPlan> inputs) {
    return above(inputs, answer)
        .anyMatch(
            node ->
                node instanceof UnansweredRelation
                    || expressions(node)
                        .anyMatch(
                            each -> each.exists(part -> part instanceof UnansweredExpression)));
  }

  /**
   * Whether an answer has so many levels that are not analysed that it must be analysed by itself.
   */
  static boolean isHigh(LogicalPlan answer) {
    return isHigher(answer, MOST_LEVELS);
  }

  private static boolean isHigher(LogicalPlan plan, int levels) {
    return !plan.analyzed()
        && (levels == 0
            || Nodes.<LogicalPlan>list(plan.children()).stream()
                .anyMatch(child -> isHigher(child, levels - 1)));
  }

  private static boolean isPlain(LogicalPlan node) {
    boolean known =
        NODES.contains(node.getClass()) || (node instanceof Union && node.children().size() > 1);
    return known && expressions(node).noneMatch(each -> each.containsAnyPattern(BY_THEMSELVES));
  }

  private static Stream<Expression> expressions(LogicalPlan node) {
    return Nodes.list(node.expressions()).stream();
  }

  /** The nodes that are new in an answer. */
  private static Stream<LogicalPlan> above(List<LogicalPlan> inputs, LogicalPlan answer) {
    Deque<LogicalPlan> open = new ArrayDeque<>(List.of(answer));
    Stream.Builder<LogicalPlan> nodes = Stream.builder();
    while (!open.isEmpty()) {
      LogicalPlan node = open.pop();
      if (!node.analyzed() && inputs.stream().noneMatch(input -> input == node)) {
        nodes.add(node);
        Nodes.<LogicalPlan>list(node.children()).forEach(open::push);
      }
    }
    return nodes.build();
  }
}
