package dev.graft.spi;

import java.util.List;
import java.util.Objects;

/**
 * Something that a server tells of itself, as rows. Immutable, but for the values' own types.
 *
 * @param name what the table is asked for by
 * @param columns the columns, which a later version may add to
 * @param rows each with a value for every column, of the type that the column says
 */
public record StatusTable(String name, List<Column> columns, List<List<Object>> rows) {
  /** What the values of a column are. */
  public enum Type {
    /** A {@link String}. */
    TEXT,
    /** A {@link Long} that counts something. */
    COUNT,
    /** A {@link Long} that counts bytes. */
    BYTES,
    /** A {@link Double} of milliseconds. */
    MILLISECONDS,
    /** A {@link java.time.Instant}. */
    TIME
  }

  /**
   * A column.
   *
   * @param name in lower_snake_case
   * @param type what its values are
   */
  public record Column(String name, Type type) {
    public Column {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(type, "type");
    }
  }

  public StatusTable {
    Objects.requireNonNull(name, "name");
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Object> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            name + " has " + columns.size() + " columns, and a row with " + row.size());
      }
    }
  }
}
