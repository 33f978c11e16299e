package dev.graft.builtin.asofjoin;

import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.AsOfJoin;
import org.apache.spark.connect.proto.Expression;

/** How far away a match may be, as far as that can be told before the plan is analysed. */
final class Tolerance {
  private Tolerance() {}

  /** Refuses a literal that is negative, which would match nothing. */
  static void check(AsOfJoin join, OptionCheck check) {
    if (join.hasTolerance() && isNegative(join.getTolerance().getLiteral())) {
      throw check.refusal(
          "tolerance", "negative", "Give a number or an interval that is 0 or more");
    }
  }

  private static boolean isNegative(Expression.Literal literal) {
    return switch (literal.getLiteralTypeCase()) {
      case BYTE -> literal.getByte() < 0;
      case SHORT -> literal.getShort() < 0;
      case INTEGER -> literal.getInteger() < 0;
      case LONG -> literal.getLong() < 0;
      case FLOAT -> literal.getFloat() < 0;
      case DOUBLE -> literal.getDouble() < 0;
      case DECIMAL -> literal.getDecimal().getValue().startsWith("-");
      case DAY_TIME_INTERVAL -> literal.getDayTimeInterval() < 0;
      case YEAR_MONTH_INTERVAL -> literal.getYearMonthInterval() < 0;
      default -> false;
    };
  }
}
