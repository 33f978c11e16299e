package dev.graft.spark.analysis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAlias;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan$;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.catalyst.rules.UnknownRuleId$;
import org.apache.spark.sql.catalyst.trees.TreeNodeTag;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.catalyst.trees.TreePatternBits;
import org.apache.spark.sql.classic.SparkSession;
import scala.Enumeration;
import scala.Option;
import scala.PartialFunction;
import scala.collection.immutable.Seq;

/**
 * Puts the answers in the places of extensions. Runs among Spark's rules for hints, which come
 * before names are resolved, so that what a plugin answers goes through the same rules as a plan by
 * hand.
 *
 * <p>From the innermost outwards. An input is analysed by itself only if its plugin asks for its
 * columns, and an answer only if Spark would otherwise miss something in it: see {@link
 * OneAnalysis}.
 */
final class AnsweringRule extends Rule<LogicalPlan> {
  private static final Seq<Enumeration.Value> WAITING =
      Nodes.list(
          List.of(
              TreePattern.UNRESOLVED_TABLE_VALUED_FUNCTION(), TreePattern.UNRESOLVED_FUNCTION()));

  private final Answers answers;

  AnsweringRule(Answers answers) {
    this.answers = answers;
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return mayWait(plan) ? answers.during(() -> answered(plan)) : plan;
  }

  private static boolean mayWait(TreePatternBits node) {
    return node.containsAnyPattern(WAITING);
  }

  private LogicalPlan answered(LogicalPlan plan) {
    return plan.resolveOperatorsUpWithPruning(
        AnsweringRule::mayWait, UnknownRuleId$.MODULE$, new EachOperator());
  }

  private final class EachOperator implements PartialFunction<LogicalPlan, LogicalPlan> {
    @Override
    public boolean isDefinedAt(LogicalPlan plan) {
      return true;
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
      if (plan instanceof UnansweredRelation extension) {
        return answer(extension);
      }
      return plan.mapExpressions(expression -> answeredIn(expression));
    }
  }

  private LogicalPlan answer(UnansweredRelation extension) {
    Deque<UnansweredRelation> chain = new ArrayDeque<>();
    LogicalPlan answer = extension;
    while (answer instanceof UnansweredRelation next) { // an answer may be an extension itself
      // The extension in the plan has its inputs answered already; one that is itself an answer has
      // not.
      UnansweredRelation ready =
          chain.isEmpty() ? next : (UnansweredRelation) next.mapChildren(this::answered);
      chain.push(ready);
      answer = ask(ready);
    }
    List<LogicalPlan> inputs = Nodes.list(chain.getFirst().children());
    // An input, or a plan that a native plugin has analysed, may be part of other plans too.
    boolean fresh = !answer.analyzed() && inputs.stream().noneMatch(answer::fastEquals);
    boolean together = OneAnalysis.suffices(answer, inputs);
    LogicalPlan plan =
        together && OneAnalysis.holdsExtensions(answer, inputs) ? answered(answer) : answer;
    if (!together || OneAnalysis.isHigh(plan)) {
      plan = Analysis.of(session(extension), plan);
    }
    for (UnansweredRelation answered : chain) {
      plan = underOwnId(answered, plan, fresh);
    }
    return plan;
  }

  private LogicalPlan ask(UnansweredRelation extension) {
    return answers.relation(AnswerPlanner.of(extension));
  }

  private static SparkSession session(UnansweredRelation extension) {
    return extension.call().session().session();
  }

  /**
   * Gives an answer the plan id of its extension, by which Spark finds columns. Where the answer
   * has another id, an input's say, both must be found.
   */
  private static LogicalPlan underOwnId(
      UnansweredRelation extension, LogicalPlan answer, boolean fresh) {
    TreeNodeTag<Object> tag = LogicalPlan$.MODULE$.PLAN_ID_TAG();
    Option<Object> id = extension.getTagValue(tag);
    if (id.isEmpty()) {
      return answer;
    }
    LogicalPlan node =
        fresh && answer.getTagValue(tag).isEmpty()
            ? answer
            : new Filter(Literal$.MODULE$.TrueLiteral(), answer);
    node.setTagValue(tag, id.get());
    return node;
  }

  private Expression answeredIn(Expression expression) {
    if (!mayWait(expression)) {
      return expression;
    }
    if (expression instanceof UnansweredExpression extension) {
      return answer(extension);
    }
    if (!(expression instanceof UnresolvedAlias alias)) {
      return expression.mapChildren(this::answeredIn);
    }
    if (alias.child() instanceof UnansweredExpression extension) {
      Expression answer = answer(extension);
      return alias.withNewChildInternal(
          NamedAnswer.mayName(answer) ? new NamedAnswer(extension.columnName(), answer) : answer);
    }
    return alias.mapChildren(this::answeredByName);
  }

  /** Answers the extensions in an expression that Spark makes a column name from. */
  private Expression answeredByName(Expression expression) {
    if (!mayWait(expression)) {
      return expression;
    }
    // An alias is a name by itself, and the function of a window must stand in it as it is.
    boolean asItIs = expression instanceof Alias || expression instanceof WindowExpression;
    return expression.mapChildren(
        child ->
            child instanceof UnansweredExpression extension
                ? asItIs
                    ? answer(extension)
                    : new NamedAnswer(extension.columnName(), answer(extension))
                : answeredByName(child));
  }

  private Expression answer(UnansweredExpression extension) {
    UnansweredExpression withArguments =
        (UnansweredExpression) extension.mapChildren(this::answeredIn);
    return answeredIn(answers.expression(AnswerPlanner.of(withArguments)));
  }
}
