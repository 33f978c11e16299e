package dev.graft.builtin.diff;

import com.google.protobuf.Duration;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.Diff;
import java.util.Map;

/** Refuses comparators that cannot be, whatever the columns are. */
final class ComparatorCheck {
  /** What an interval of Spark holds: 2^63 microseconds. */
  private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000_000 - 1;

  private static final int NANOS_OF_A_SECOND = 1_000_000_000;

  private ComparatorCheck() {}

  static void all(Diff diff, OptionCheck check) {
    if (diff.hasDefaultComparator()) {
      one(diff.getDefaultComparator(), "default_comparator", check);
    }
    all(diff.getDataTypeComparatorsMap(), "data_type_comparators", check);
    all(diff.getColumnNameComparatorsMap(), "column_name_comparators", check);
  }

  private static void all(
      Map<String, Diff.Comparator> comparators, String option, OptionCheck check) {
    comparators.forEach((name, each) -> one(each, option + "['" + name + "']", check));
  }

  private static void one(Diff.Comparator comparator, String option, OptionCheck check) {
    switch (comparator.getRuleCase()) {
      case EPSILON -> epsilon(comparator.getEpsilon().getEpsilon(), option, check);
      case DURATION -> duration(comparator.getDuration().getDuration(), option, check);
      case RULE_NOT_SET ->
          throw check.refusal(
              option, "empty", "Give one of epsilon, whitespace, duration, map and same");
      default -> {}
    }
  }

  private static void epsilon(double epsilon, String option, OptionCheck check) {
    if (!(epsilon >= 0) || Double.isInfinite(epsilon)) {
      throw check.refusal(option + ".epsilon", epsilon, "Give a finite number that is 0 or more");
    }
  }

  private static void duration(Duration duration, String option, OptionCheck check) {
    long seconds = duration.getSeconds();
    int nanos = duration.getNanos();
    if (seconds < 0
        || seconds > MOST_SECONDS
        || nanos < 0
        || nanos >= NANOS_OF_A_SECOND
        || nanos % 1_000 != 0) {
      throw check.refusal(
          option + ".duration",
          seconds + " s and " + nanos + " ns",
          "Give a duration of whole microseconds that is 0 or more");
    }
  }
}
