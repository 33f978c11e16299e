package dev.graft.builtin.diff;

import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.Diff;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The options that need no columns to be understood. What is empty is what it is by default. */
record DiffOptions(
    String diffColumn,
    String changeColumn,
    String leftPrefix,
    String rightPrefix,
    String inserted,
    String changed,
    String deleted,
    String unchanged,
    Diff.Mode mode,
    boolean sparse) {

  static DiffOptions of(Diff diff, OptionCheck check) {
    DiffOptions options =
        new DiffOptions(
            or(diff.getDiffColumn(), "diff"),
            diff.getChangeColumn(),
            or(diff.getLeftColumnPrefix(), "left"),
            or(diff.getRightColumnPrefix(), "right"),
            or(diff.getInsertDiffValue(), "I"),
            or(diff.getChangeDiffValue(), "C"),
            or(diff.getDeleteDiffValue(), "D"),
            or(diff.getNochangeDiffValue(), "N"),
            diff.getDiffMode(),
            diff.getSparseMode());
    check.known(diff.getDiffMode(), diff.getDiffModeValue(), "diff_mode");
    options.checkValues(check);
    if (options.changeColumn.equalsIgnoreCase(options.diffColumn)) {
      throw check.refusal("change_column", options.changeColumn, "Give another than diff_column");
    }
    if (options.rightPrefix.equalsIgnoreCase(options.leftPrefix)) {
      throw check.refusal(
          "right_column_prefix", options.rightPrefix, "Give another than left_column_prefix");
    }
    return options;
  }

  private void checkValues(OptionCheck check) {
    Set<String> values = new HashSet<>();
    Map.of(
            "insert_diff_value", inserted,
            "change_diff_value", changed,
            "delete_diff_value", deleted,
            "nochange_diff_value", unchanged)
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(option -> !values.add(option.getValue()))
        .findFirst()
        .ifPresent(
            option -> {
              throw check.refusal(
                  option.getKey(),
                  option.getValue(),
                  "Give different ones for inserted, changed, deleted and unchanged rows");
            });
  }

  private static String or(String given, String otherwise) {
    return given.isEmpty() ? otherwise : given;
  }
}
