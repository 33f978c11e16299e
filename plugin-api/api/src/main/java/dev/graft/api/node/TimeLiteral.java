package dev.graft.api.node;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import org.apache.spark.connect.proto.Expression.Literal;

/**
 * A time of day. In a class of its own, since its message came with Spark 4.1 and a realm with
 * older messages must still be able to load the other literals.
 */
final class TimeLiteral {
  private static final int MICROSECONDS = 6;

  private TimeLiteral() {}

  static Literal of(LocalTime time) {
    return Literal.newBuilder()
        .setTime(
            Literal.Time.newBuilder()
                .setNano(time.truncatedTo(ChronoUnit.MICROS).toNanoOfDay())
                .setPrecision(MICROSECONDS))
        .build();
  }
}
