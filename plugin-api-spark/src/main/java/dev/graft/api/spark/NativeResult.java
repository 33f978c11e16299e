package dev.graft.api.spark;

import dev.graft.api.CommandResult;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the client of a native command gets. */
public sealed interface NativeResult {
  /** Nothing: the command is done. */
  static NativeResult nothing() {
    return of(CommandResult.nothing());
  }

  /** One of the results that portable commands have. */
  static NativeResult of(CommandResult result) {
    return new Standard(result);
  }

  /**
   * The rows of a dataset, which the client gets as a DataFrame. The dataset is not run now, but
   * whenever the client asks for its rows, as long as the session lives.
   */
  static NativeResult rows(Dataset<Row> rows) {
    return new Rows(rows);
  }

  /** See {@link #of(CommandResult)}. */
  record Standard(CommandResult result) implements NativeResult {
    public Standard {
      Objects.requireNonNull(result, "result");
    }
  }

  /** See {@link #rows(Dataset)}. */
  record Rows(Dataset<Row> dataset) implements NativeResult {
    public Rows {
      Objects.requireNonNull(dataset, "dataset");
    }
  }
}
