package dev.graft.builtin.diff;

import dev.graft.api.node.ExpressionNode;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.spi.PlanningException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The columns of the result, no two of one name. */
final class ResultColumns {
  private final List<ExpressionNode> columns = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final boolean caseSensitive;
  private final OptionCheck check;

  ResultColumns(boolean caseSensitive, OptionCheck check) {
    this.caseSensitive = caseSensitive;
    this.check = check;
  }

  void add(String name, ExpressionNode value) {
    if (!names.add(caseSensitive ? name : name.toLowerCase(Locale.ROOT))) {
      throw new PlanningException(
          check.operation()
              + "'s result would have two columns '"
              + name
              + "'. Give another diff_column, change_column, left_column_prefix or"
              + " right_column_prefix.");
    }
    columns.add(value.as(name));
  }

  List<ExpressionNode> all() {
    return List.copyOf(columns);
  }
}
