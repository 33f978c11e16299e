package dev.graft.builtin.diff;

import dev.graft.api.node.ExpressionNode;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.schema.InputColumn;
import dev.graft.builtin.v1.Diff;
import dev.graft.spi.PlanningException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * When the values of each compared column are equal: by the comparator of its name, or else of its
 * type, or else the default one where it is for that type.
 *
 * @param byPlace the comparisons, by the column's place on the left side
 */
record Comparisons(Map<Integer, Comparison> byPlace) {
  Comparisons {
    byPlace = Map.copyOf(byPlace);
  }

  static Comparisons of(Diff diff, MatchedColumns columns, OptionCheck check) {
    Map<Integer, Comparison> byName = new HashMap<>();
    diff.getColumnNameComparatorsMap()
        .forEach(
            (name, comparator) -> {
              InputColumn column = compared(name, columns, check);
              Comparison comparison = Comparison.of(comparator);
              checkFits(comparison, column, "column_name_comparators['" + name + "']", check);
              byName.put(column.place(), comparison);
            });
    Map<String, Comparison> byType = new HashMap<>();
    diff.getDataTypeComparatorsMap()
        .forEach(
            (type, comparator) ->
                byType.put(
                    type.replace(" ", "").toLowerCase(Locale.ROOT), Comparison.of(comparator)));
    Map<Integer, Comparison> byPlace = new HashMap<>();
    for (MatchedColumns.Pair pair : columns.values()) {
      InputColumn column = pair.left();
      Comparison typed = byType.get(column.typeName().replace(" ", "").toLowerCase(Locale.ROOT));
      Comparison comparison = byName.get(column.place());
      if (comparison == null && typed != null) {
        checkFits(typed, column, "data_type_comparators['" + column.typeName() + "']", check);
        comparison = typed;
      }
      byPlace.put(column.place(), comparison == null ? byDefault(diff, column, check) : comparison);
    }
    return new Comparisons(byPlace);
  }

  /** Whether the values of a compared column are equal; never null. */
  ExpressionNode areEqual(MatchedColumns.Pair pair, ExpressionNode left, ExpressionNode right) {
    return byPlace
        .getOrDefault(pair.left().place(), new Comparison.Same())
        .areEqual(left, right, pair.left().type());
  }

  private static Comparison byDefault(Diff diff, InputColumn column, OptionCheck check) {
    if (diff.hasDefaultComparator()) {
      Comparison comparison = Comparison.of(diff.getDefaultComparator());
      if (comparison.isFor(column.type())) {
        return comparison;
      }
    }
    Comparison comparison =
        column.type().hasMap() ? new Comparison.Entries(false) : new Comparison.Same();
    if (!comparison.isFor(column.type())) {
      throw new PlanningException(
          check.operation()
              + " cannot compare the column '"
              + column.name()
              + "' of type "
              + column.typeName()
              + ". Name it in ignore_columns.");
    }
    return comparison;
  }

  private static InputColumn compared(String name, MatchedColumns columns, OptionCheck check) {
    List<InputColumn> found = columns.left().named(name);
    if (found.size() != 1
        || columns.values().stream().noneMatch(pair -> pair.left().equals(found.get(0)))) {
      throw check.refusal(
          "column_name_comparators",
          "for '" + name + "'",
          "Give names of columns that are neither in id_columns nor in ignore_columns");
    }
    return found.get(0);
  }

  private static void checkFits(
      Comparison comparison, InputColumn column, String option, OptionCheck check) {
    if (!comparison.isFor(column.type())) {
      throw check.refusal(
          option,
          "for the column '" + column.name() + "' of type " + column.typeName(),
          "It is for " + comparison.types());
    }
  }
}
