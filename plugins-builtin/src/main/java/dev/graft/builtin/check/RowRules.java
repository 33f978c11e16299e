package dev.graft.builtin.check;

import static dev.graft.api.node.Nodes.columnNamed;
import static dev.graft.api.node.Nodes.literal;

import com.google.protobuf.Value;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.builtin.schema.Conditions;
import dev.graft.builtin.v1.Check;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules that each row follows or violates by itself. */
final class RowRules {
  /** Up to here every integer is a double. */
  private static final double EXACT_INTEGERS = 1L << 53;

  private RowRules() {}

  /** Whether a row violates the rule; null counts as not. */
  static ExpressionNode isViolated(Check.Expectation expectation) {
    return switch (expectation.getRuleCase()) {
      case COMPLETE ->
          Conditions.any(
              Expected.named(expectation.getComplete().getColumnsList()).stream()
                  .map(ExpressionNode::isNull)
                  .toList());
      case IN_SET -> {
        List<Object> values =
            expectation.getInSet().getValuesList().stream().map(RowRules::plain).toList();
        yield columnNamed(expectation.getInSet().getColumn()).in(values).not();
      }
      case MATCHES ->
          columnNamed(expectation.getMatches().getColumn())
              .cast("STRING")
              .rlike(expectation.getMatches().getPattern())
              .not();
      case IN_RANGE -> isOutside(expectation.getInRange());
      case SATISFIES -> {
        Check.Satisfies satisfies = expectation.getSatisfies();
        ExpressionNode condition =
            satisfies.hasCondition()
                ? Nodes.expression(satisfies.getCondition())
                : Expected.condition(satisfies.getSql());
        yield condition.not();
      }
      default -> throw new IllegalStateException(expectation.getRuleCase() + " is not of rows");
    };
  }

  private static ExpressionNode isOutside(Check.InRange range) {
    ExpressionNode value = columnNamed(range.getColumn());
    Optional<ExpressionNode> tooSmall =
        Optional.of(range)
            .filter(Check.InRange::hasMin)
            .map(each -> literal(plain(each.getMin())))
            .map(min -> range.getMinExclusive() ? value.atMost(min) : value.lessThan(min));
    Optional<ExpressionNode> tooLarge =
        Optional.of(range)
            .filter(Check.InRange::hasMax)
            .map(each -> literal(plain(each.getMax())))
            .map(max -> range.getMaxExclusive() ? value.atLeast(max) : value.greaterThan(max));
    return Stream.of(tooSmall, tooLarge)
        .flatMap(Optional::stream)
        .reduce(ExpressionNode::or)
        .orElseThrow();
  }

  /** The Java value of a number, a text or a truth value; a number without a fraction is a long. */
  static Object plain(Value value) {
    return switch (value.getKindCase()) {
      case NUMBER_VALUE -> {
        double number = value.getNumberValue();
        boolean whole = Math.rint(number) == number && Math.abs(number) <= EXACT_INTEGERS;
        yield whole ? (Object) (long) number : (Object) number;
      }
      case BOOL_VALUE -> value.getBoolValue();
      default -> value.getStringValue();
    };
  }
}
