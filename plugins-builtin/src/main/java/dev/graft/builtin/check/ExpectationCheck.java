package dev.graft.builtin.check;

import com.google.protobuf.Value;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.Check;
import java.util.List;

/** Refuses expectations that cannot be. */
record ExpectationCheck(String place, OptionCheck check) {
  private static final int MOST_VALUES = 10_000;

  void all(Check.Expectation expectation) {
    check.known(expectation.getLevel(), expectation.getLevelValue(), place + ".level");
    double atLeast = expectation.getAtLeast();
    if (!(atLeast >= 0 && atLeast <= 1)) {
      throw check.refusal(place + ".at_least", atLeast, "Give a part of the rows, from 0 to 1");
    }
    switch (expectation.getRuleCase()) {
      case COMPLETE -> columns(expectation.getComplete().getColumnsList(), "complete.columns");
      case UNIQUE -> columns(expectation.getUnique().getColumnsList(), "unique.columns");
      case IN_SET -> inSet(expectation.getInSet());
      case MATCHES -> {
        column(expectation.getMatches().getColumn(), "matches.column");
        check.given(
            !expectation.getMatches().getPattern().isEmpty(),
            place + ".matches.pattern",
            "Give a regular expression");
      }
      case IN_RANGE -> inRange(expectation.getInRange());
      case ROW_COUNT -> rowCount(expectation);
      case FOREIGN_KEY -> foreignKey(expectation.getForeignKey());
      case SATISFIES -> satisfies(expectation.getSatisfies());
      default ->
          throw check.refusal(
              place,
              "without a rule",
              "Give one of complete, unique, in_set, matches, in_range, row_count, foreign_key and"
                  + " satisfies");
    }
  }

  private void column(String name, String option) {
    check.given(!name.isEmpty(), place + "." + option, "Give the name of a column");
  }

  private void columns(List<String> names, String option) {
    check.notEmpty(names, place + "." + option, "Give the names of columns");
    names.forEach(name -> column(name, option));
  }

  private void inSet(Check.InSet set) {
    column(set.getColumn(), "in_set.column");
    check.notEmpty(set.getValuesList(), place + ".in_set.values", "Give the values that may be");
    if (set.getValuesCount() > MOST_VALUES) {
      throw check.refusal(
          place + ".in_set.values",
          "a list of " + set.getValuesCount(),
          "Give at most " + MOST_VALUES + ", or use foreign_key");
    }
    set.getValuesList().forEach(value -> plain(value, "in_set.values"));
  }

  private void inRange(Check.InRange range) {
    column(range.getColumn(), "in_range.column");
    check.given(range.hasMin() || range.hasMax(), place + ".in_range.min", "Give it, or max");
    if (range.hasMin()) {
      plain(range.getMin(), "in_range.min");
    }
    if (range.hasMax()) {
      plain(range.getMax(), "in_range.max");
    }
  }

  private void plain(Value value, String option) {
    if (!value.hasNumberValue() && !value.hasStringValue() && !value.hasBoolValue()) {
      throw check.refusal(
          place + "." + option, value.getKindCase(), "Give numbers, texts or truth values");
    }
  }

  private void rowCount(Check.Expectation expectation) {
    Check.RowCount count = expectation.getRowCount();
    check.given(count.hasMin() || count.hasMax(), place + ".row_count.min", "Give it, or max");
    check.between(count.getMin(), 0, Long.MAX_VALUE, place + ".row_count.min");
    check.between(count.getMax(), 0, Long.MAX_VALUE, place + ".row_count.max");
    if (count.hasMin() && count.hasMax() && count.getMax() < count.getMin()) {
      throw check.refusal(
          place + ".row_count.max",
          count.getMax(),
          "Give at least min, which is " + count.getMin());
    }
  }

  private void foreignKey(Check.ForeignKey key) {
    columns(key.getColumnsList(), "foreign_key.columns");
    check.given(
        key.hasReference(),
        place + ".foreign_key.reference",
        "Give the DataFrame that has the keys");
    int given = key.getReferenceColumnsCount();
    if (given != 0 && given != key.getColumnsCount()) {
      throw check.refusal(
          place + ".foreign_key.reference_columns",
          "a list of " + given,
          "Give as many as columns, which are " + key.getColumnsCount());
    }
    key.getReferenceColumnsList().forEach(name -> column(name, "foreign_key.reference_columns"));
  }

  private void satisfies(Check.Satisfies satisfies) {
    if (satisfies.getSql().isBlank() != satisfies.hasCondition()) {
      throw check.refusal(
          place + ".satisfies",
          satisfies.hasCondition() ? "a condition and sql" : "empty",
          "Give either sql or condition");
    }
  }
}
