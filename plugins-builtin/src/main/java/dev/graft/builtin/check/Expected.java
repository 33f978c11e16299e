package dev.graft.builtin.check;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.columnNamed;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.sqlExpression;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.RelationNode;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.schema.Conditions;
import dev.graft.builtin.v1.Check;
import java.util.List;
import java.util.Locale;
import org.apache.spark.connect.proto.Relation;

/**
 * An expectation that was checked.
 *
 * @param position its place among all of them, from 0
 */
record Expected(int position, Check.Expectation expectation) {
  static Expected of(int position, Check.Expectation expectation, OptionCheck check) {
    new ExpectationCheck("expectations[" + position + "]", check).all(expectation);
    return new Expected(position, expectation);
  }

  String rule() {
    return expectation.getRuleCase().name().toLowerCase(Locale.ROOT);
  }

  String name() {
    if (!expectation.getName().isEmpty()) {
      return expectation.getName();
    }
    String about =
        expectation.hasSatisfies()
            ? expectation.getSatisfies().getSql()
            : String.join(", ", columns());
    return about.isEmpty() ? rule() : rule() + "(" + about + ")";
  }

  /** The names of the columns that it is about; none where that cannot be told. */
  List<String> columns() {
    return switch (expectation.getRuleCase()) {
      case COMPLETE -> expectation.getComplete().getColumnsList();
      case UNIQUE -> expectation.getUnique().getColumnsList();
      case IN_SET -> List.of(expectation.getInSet().getColumn());
      case MATCHES -> List.of(expectation.getMatches().getColumn());
      case IN_RANGE -> List.of(expectation.getInRange().getColumn());
      case FOREIGN_KEY -> expectation.getForeignKey().getColumnsList();
      default -> List.of();
    };
  }

  double atLeast() {
    return expectation.hasAtLeast() ? expectation.getAtLeast() : 1;
  }

  /** Whether a row by itself tells that it violates the rule. */
  boolean isOfRows() {
    return !isOfKeys() && !expectation.hasRowCount();
  }

  /** Whether rows have to be brought together to tell. */
  boolean isOfKeys() {
    return expectation.hasUnique() || expectation.hasForeignKey();
  }

  /** Whether a row is looked at; never null. */
  ExpressionNode looksAt() {
    return expectation.getWhere().isEmpty()
        ? literal(true)
        : call("coalesce", condition(expectation.getWhere()), false);
  }

  /** The rows that are looked at. */
  RelationNode rowsOf(Relation input) {
    RelationNode all = Nodes.relation(input);
    return expectation.getWhere().isEmpty() ? all : all.filter(condition(expectation.getWhere()));
  }

  /**
   * Whether a row that is looked at violates the rule; never null. Only if it {@link #isOfRows}.
   */
  ExpressionNode isViolated() {
    return looksAt().and(call("coalesce", RowRules.isViolated(expectation), false));
  }

  /** That all columns of a key have values. */
  static ExpressionNode areGiven(List<ExpressionNode> key) {
    return Conditions.all(key.stream().map(ExpressionNode::isNotNull).toList());
  }

  static List<ExpressionNode> named(List<String> columns) {
    return columns.stream().map(name -> columnNamed(name)).toList();
  }

  /**
   * What the client wrote as a condition. It might as well have sent it as an expression in the
   * same plan, so its text gets it nothing that it may not have.
   */
  static ExpressionNode condition(String sql) {
    return sqlExpression(sql).cast("BOOLEAN");
  }
}
