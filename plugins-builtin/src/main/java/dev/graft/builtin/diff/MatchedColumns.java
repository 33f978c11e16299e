package dev.graft.builtin.diff;

import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.schema.InputColumn;
import dev.graft.builtin.schema.InputColumns;
import dev.graft.builtin.schema.TypeKinds;
import dev.graft.builtin.v1.Diff;
import dev.graft.spi.PlanningException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which columns of both sides belong together, and what for.
 *
 * @param left all columns of the left side
 * @param right all columns of the right side
 * @param ids what identifies a row
 * @param values what is compared, in the order of the left side
 * @param ignored what is only shown, in the order of the option
 */
record MatchedColumns(
    InputColumns left,
    InputColumns right,
    List<Pair> ids,
    List<Pair> values,
    List<Ignored> ignored) {
  /** A column of the left side and that of the right side. */
  record Pair(InputColumn left, InputColumn right) {}

  /** A column that one side may lack. */
  record Ignored(Optional<InputColumn> left, Optional<InputColumn> right) {}

  static MatchedColumns of(Diff diff, InputColumns left, InputColumns right, OptionCheck check) {
    checkNamesOnce(left, "left", check);
    checkNamesOnce(right, "right", check);
    List<Ignored> ignored = new ArrayList<>();
    for (String name : diff.getIgnoreColumnsList()) {
      ignored.add(ignored(name, left, right, check));
    }
    List<Pair> pairs = pairs(left, right, ignored, check);
    List<Pair> ids = new ArrayList<>();
    for (String name : diff.getIdColumnsList()) {
      ids.add(id(name, left, pairs, ids, check));
    }
    List<Pair> values = pairs.stream().filter(pair -> !ids.contains(pair)).toList();
    MatchedColumns matched =
        ids.isEmpty()
            ? new MatchedColumns(left, right, pairs, List.of(), ignored)
            : new MatchedColumns(left, right, ids, values, ignored);
    matched.checkIds(check);
    return matched;
  }

  private static void checkNamesOnce(InputColumns side, String option, OptionCheck check) {
    side.sharedName()
        .ifPresent(
            name -> {
              throw check.refusal(
                  option,
                  "a DataFrame with two columns '" + name + "'",
                  "Rename or drop one, so that columns can be told apart");
            });
  }

  private static Ignored ignored(
      String name, InputColumns left, InputColumns right, OptionCheck check) {
    Ignored ignored = new Ignored(one(left.named(name)), one(right.named(name)));
    if (ignored.left.isEmpty() && ignored.right.isEmpty()) {
      throw check.refusal(
          "ignore_columns",
          "'" + name + "', and no column or several are called so",
          "Give names of columns. The left side has " + InputColumns.names(left.all()));
    }
    return ignored;
  }

  private static List<Pair> pairs(
      InputColumns left, InputColumns right, List<Ignored> ignored, OptionCheck check) {
    List<InputColumn> onlyRight = new ArrayList<>(right.all());
    ignored.forEach(each -> each.right.ifPresent(onlyRight::remove));
    List<InputColumn> onlyLeft = new ArrayList<>();
    List<Pair> pairs = new ArrayList<>();
    for (InputColumn column : left.all()) {
      if (ignored.stream().anyMatch(each -> each.left.filter(column::equals).isPresent())) {
        continue;
      }
      Optional<InputColumn> other = one(right.named(column.name())).filter(onlyRight::remove);
      other.ifPresentOrElse(
          found -> pairs.add(new Pair(column, found)), () -> onlyLeft.add(column));
    }
    if (!onlyLeft.isEmpty() || !onlyRight.isEmpty()) {
      throw new PlanningException(
          check.operation()
              + ".left and .right have different columns. Only the left one has "
              + InputColumns.names(onlyLeft)
              + "; only the right one has "
              + InputColumns.names(onlyRight)
              + ". Drop or rename them, or name them in ignore_columns.");
    }
    pairs.forEach(pair -> checkType(pair, check));
    return pairs;
  }

  private static void checkType(Pair pair, OptionCheck check) {
    if (!pair.left.typeName().equals(pair.right.typeName())) {
      throw new PlanningException(
          check.operation()
              + " compares the column '"
              + pair.left.name()
              + "', which is of type "
              + pair.left.typeName()
              + " on the left and "
              + pair.right.typeName()
              + " on the right. Cast one of them, or name it in ignore_columns.");
    }
  }

  private static Pair id(
      String name, InputColumns left, List<Pair> pairs, List<Pair> ids, OptionCheck check) {
    Optional<InputColumn> column = one(left.named(name));
    Optional<Pair> pair =
        pairs.stream().filter(each -> column.filter(each.left::equals).isPresent()).findFirst();
    if (pair.isEmpty() || ids.contains(pair.get())) {
      throw check.refusal(
          "id_columns",
          "'" + name + "'" + (pair.isEmpty() ? "" : ", which is named twice"),
          "Give each of some of these once: "
              + InputColumns.names(pairs.stream().map(Pair::left).toList()));
    }
    return pair.get();
  }

  private void checkIds(OptionCheck check) {
    if (ids.isEmpty()) {
      throw check.refusal(
          "ignore_columns", "a list of all columns", "Leave at least one column to compare");
    }
    ids.stream()
        .map(Pair::left)
        .filter(id -> !TypeKinds.isComparable(id.type()))
        .findFirst()
        .ifPresent(
            id -> {
              throw check.refusal(
                  "id_columns",
                  "'" + id.name() + "', which is of type " + id.typeName(),
                  "Give ids whose types Spark can join by, or name it in ignore_columns");
            });
  }

  /** Whether names of the inputs are told apart by upper and lower case alone. */
  boolean dependOnCase() {
    return Stream.of(left, right).anyMatch(InputColumns::dependsOnCase);
  }

  private static Optional<InputColumn> one(List<InputColumn> found) {
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }
}
