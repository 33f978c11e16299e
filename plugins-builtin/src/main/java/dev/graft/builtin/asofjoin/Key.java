package dev.graft.builtin.asofjoin;

import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.schema.InputColumn;
import dev.graft.builtin.schema.InputColumns;
import java.util.List;

/**
 * A column that both sides have and that must be equal.
 *
 * @param left the left's
 * @param right the right's
 */
record Key(InputColumn left, InputColumn right) {
  static Key of(String name, InputColumns left, InputColumns right, OptionCheck check) {
    return new Key(one(name, left, "left", check), one(name, right, "right", check));
  }

  private static InputColumn one(String name, InputColumns side, String which, OptionCheck check) {
    List<InputColumn> named = side.named(name);
    if (named.size() != 1) {
      throw check.refusal(
          "by",
          "'"
              + name
              + "', and the "
              + which
              + (named.isEmpty() ? " side has no column" : " side has several columns")
              + " of that name",
          "Give names of columns that both sides have once. The "
              + which
              + " one has "
              + InputColumns.names(side.all()));
    }
    return named.get(0);
  }

  /** Whether both can be one column without another type for the left's. */
  boolean isOfOneType() {
    return left.type().equals(right.type());
  }
}
