package dev.graft.testkit.spark.contract;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows as texts, to compare them. */
final class RowText {
  private RowText() {}

  static String of(List<? extends @Nullable Object> row) {
    return row.stream().map(RowText::of).collect(Collectors.joining(" | "));
  }

  private static String of(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return Arrays.toString(bytes);
    } else if (value instanceof List<?> list) {
      return list.stream().map(RowText::of).collect(Collectors.joining(", ", "[", "]"));
    }
    return String.valueOf(value);
  }
}
