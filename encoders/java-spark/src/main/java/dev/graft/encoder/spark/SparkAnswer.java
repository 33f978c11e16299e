package dev.graft.encoder.spark;

import com.google.protobuf.Any;
import dev.graft.encoder.Answer;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a command that ran to its end has answered. */
public sealed interface SparkAnswer extends Answer {
  @Override
  default Optional<Any> packedMessage() {
    return this instanceof Message answer ? Optional.of(answer.message()) : Optional.empty();
  }

  @Override
  default boolean isRows() {
    return this instanceof Rows;
  }

  /** The command is done and had nothing to say. */
  record Nothing() implements SparkAnswer {}

  /**
   * The command answered with rows.
   *
   * @param rows a DataFrame of the session that ran the command
   */
  record Rows(Dataset<Row> rows) implements SparkAnswer {}

  /**
   * The command answered with a message of the plugin's own.
   *
   * @param message the message, packed
   */
  record Message(Any message) implements SparkAnswer {}
}
