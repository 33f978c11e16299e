package dev.graft.builtin.diff;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.literal;

import dev.graft.api.node.ExpressionNode;
import dev.graft.builtin.schema.TypeKinds;
import dev.graft.builtin.v1.Diff;
import java.time.Duration;
import org.apache.spark.connect.proto.DataType;

/** When two values are equal. */
sealed interface Comparison {
  /** The comparison of a comparator that was checked. */
  static Comparison of(Diff.Comparator comparator) {
    return switch (comparator.getRuleCase()) {
      case EPSILON -> {
        Diff.Epsilon epsilon = comparator.getEpsilon();
        yield new Epsilon(
            epsilon.getEpsilon(),
            !epsilon.hasRelative() || epsilon.getRelative(),
            !epsilon.hasInclusive() || epsilon.getInclusive());
      }
      case WHITESPACE -> new Whitespace();
      case DURATION -> {
        Diff.Within within = comparator.getDuration();
        com.google.protobuf.Duration duration = within.getDuration();
        yield new Within(
            Duration.ofSeconds(duration.getSeconds(), duration.getNanos()),
            !within.hasInclusive() || within.getInclusive());
      }
      case MAP -> new Entries(comparator.getMap().getKeyOrderSensitive());
      default -> new Same();
    };
  }

  /** Whether the comparison can be made between values of a type. */
  boolean isFor(DataType type);

  /** What types those are, in words. */
  String types();

  /** Whether two values of a type are equal; never null. */
  ExpressionNode areEqual(ExpressionNode left, ExpressionNode right, DataType type);

  /** Both are null, or both are the same. */
  record Same() implements Comparison {
    @Override
    public boolean isFor(DataType type) {
      return TypeKinds.isComparable(type);
    }

    @Override
    public String types() {
      return "types without maps and variants";
    }

    @Override
    public ExpressionNode areEqual(ExpressionNode left, ExpressionNode right, DataType type) {
      return left.nullSafeEqualTo(right);
    }
  }

  /** Numbers that are close. Infinities and NaN are close to themselves alone. */
  record Epsilon(double epsilon, boolean relative, boolean inclusive) implements Comparison {
    @Override
    public boolean isFor(DataType type) {
      return TypeKinds.isNumber(type);
    }

    @Override
    public String types() {
      return "numbers";
    }

    @Override
    public ExpressionNode areEqual(ExpressionNode left, ExpressionNode right, DataType type) {
      ExpressionNode from = widened(left, type);
      ExpressionNode to = widened(right, type);
      ExpressionNode distance = call("abs", from.minus(to)).cast("DOUBLE");
      ExpressionNode farther = call("greatest", call("abs", from), call("abs", to)).cast("DOUBLE");
      ExpressionNode most = relative ? farther.times(epsilon) : literal(epsilon);
      ExpressionNode close =
          (inclusive ? distance.atMost(most) : distance.lessThan(most))
              // A distance to infinity is not small beside it.
              .and(distance.lessThan(Double.POSITIVE_INFINITY));
      return left.nullSafeEqualTo(right).or(call("coalesce", close, false));
    }

    /** The difference of two integers may not fit into their own type. */
    private static ExpressionNode widened(ExpressionNode value, DataType type) {
      return TypeKinds.isInteger(type) ? value.cast("DECIMAL(20, 0)") : value;
    }
  }

  /** Texts that are the same but for white space. */
  record Whitespace() implements Comparison {
    @Override
    public boolean isFor(DataType type) {
      return type.hasString() || type.hasChar() || type.hasVarChar();
    }

    @Override
    public String types() {
      return "texts";
    }

    @Override
    public ExpressionNode areEqual(ExpressionNode left, ExpressionNode right, DataType type) {
      return trimmed(left).nullSafeEqualTo(trimmed(right));
    }

    private static ExpressionNode trimmed(ExpressionNode text) {
      return call("trim", call("regexp_replace", text, "\\s+", " "));
    }
  }

  /** Times that are close. */
  record Within(Duration duration, boolean inclusive) implements Comparison {
    @Override
    public boolean isFor(DataType type) {
      return TypeKinds.isDateOrTimestamp(type);
    }

    @Override
    public String types() {
      return "dates and timestamps";
    }

    @Override
    public ExpressionNode areEqual(ExpressionNode left, ExpressionNode right, DataType type) {
      ExpressionNode distance = call("abs", left.minus(right));
      ExpressionNode close = inclusive ? distance.atMost(duration) : distance.lessThan(duration);
      return left.nullSafeEqualTo(right).or(call("coalesce", close, false));
    }
  }

  /** Maps of the same entries, which Spark compares only as arrays. */
  record Entries(boolean inOrder) implements Comparison {
    @Override
    public boolean isFor(DataType type) {
      return type.hasMap()
          && TypeKinds.isComparable(type.getMap().getKeyType())
          && TypeKinds.isComparable(type.getMap().getValueType());
    }

    @Override
    public String types() {
      return "maps whose keys and values hold no maps or variants";
    }

    @Override
    public ExpressionNode areEqual(ExpressionNode left, ExpressionNode right, DataType type) {
      return entries(left).nullSafeEqualTo(entries(right));
    }

    private ExpressionNode entries(ExpressionNode map) {
      ExpressionNode entries = call("map_entries", map);
      return inOrder ? entries : call("sort_array", entries);
    }
  }
}
