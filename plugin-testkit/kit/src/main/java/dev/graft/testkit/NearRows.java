package dev.graft.testkit;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares rows, whatever their order, with a tolerance for floating-point numbers.
 *
 * @param tolerance by which two such numbers may differ at most
 */
record NearRows(double tolerance) {
  /** Whether the rows can be paired with the others so that those of each pair are near. */
  boolean same(List<? extends List<?>> rows, List<? extends List<?>> others) {
    if (rows.size() != others.size()) {
      return false;
    }
    int[] partners = new int[others.size()];
    Arrays.fill(partners, -1);
    for (int row = 0; row < rows.size(); row++) {
      if (!finds(row, rows, others, partners, new boolean[others.size()])) {
        return false;
      }
    }
    return true;
  }

  /** Finds a partner for a row; rows that have one already may have to take another for that. */
  private boolean finds(
      int row,
      List<? extends List<?>> rows,
      List<? extends List<?>> others,
      int[] partners,
      boolean[] tried) {
    for (int other = 0; other < others.size(); other++) {
      if (!tried[other] && near(rows.get(row), others.get(other))) {
        tried[other] = true;
        if (partners[other] < 0 || finds(partners[other], rows, others, partners, tried)) {
          partners[other] = row;
          return true;
        }
      }
    }
    return false;
  }

  private boolean near(@Nullable Object one, @Nullable Object other) {
    if (one instanceof List<?> list && other instanceof List<?> otherList) {
      boolean near = list.size() == otherList.size();
      for (int index = 0; near && index < list.size(); index++) {
        near = near(list.get(index), otherList.get(index));
      }
      return near;
    } else if (one instanceof Double number && other instanceof Double otherNumber) {
      return near(number.doubleValue(), otherNumber.doubleValue());
    } else if (one instanceof Float number && other instanceof Float otherNumber) {
      return near(number.doubleValue(), otherNumber.doubleValue());
    }
    return Comparison.text(one).equals(Comparison.text(other));
  }

  private boolean near(double one, double other) {
    return Double.compare(one, other) == 0 || Math.abs(one - other) <= tolerance;
  }
}
