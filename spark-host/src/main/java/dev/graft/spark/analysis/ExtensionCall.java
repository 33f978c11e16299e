package dev.graft.spark.analysis;

import java.util.List;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.sql.connect.service.SessionHolder;
import org.jspecify.annotations.Nullable;

/**
 * An extension as it stands in a plan.
 *
 * @param any the serialised {@code google.protobuf.Any}; not to be written to
 * @param name what people know it by, for plans and column names
 * @param session whose plan it is in
 * @param depth how many answers it is inside of; 0 for what a client sent
 * @param inputs the relations in its message
 * @param arguments the expressions in its message
 */
public record ExtensionCall(
    byte[] any,
    String name,
    SessionHolder session,
    int depth,
    List<Relation> inputs,
    List<Expression> arguments) {
  public ExtensionCall {
    inputs = List.copyOf(inputs);
    arguments = List.copyOf(arguments);
  }

  /** What plans show; the message may hold megabytes. */
  @Override
  public String toString() {
    return name;
  }

  /**
   * Calls are equal only if they are the same object: its plugin may answer an equal message
   * otherwise.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
