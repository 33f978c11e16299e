package dev.graft.registry.lowering;

import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * What a host has room for while it lowers, beside what its {@link ExpansionLimits} allow.
 *
 * @param resultBytes how many bytes a lowered message may have; no server would take a larger one,
 *     so none is built
 * @param resultKey the configuration key of that, for the texts of refusals
 * @param memory is told how many bytes a result will take before it is built, and an answer once it
 *     is there; throws a {@link dev.graft.registry.error.GraftException} if there is no memory for
 *     them
 */
public record ExpansionRoom(int resultBytes, String resultKey, LongConsumer memory) {
  /** As much as a protobuf message may have, and all memory. */
  public static final ExpansionRoom WIDE =
      new ExpansionRoom(Integer.MAX_VALUE - 8, "none", bytes -> {});

  public ExpansionRoom {
    if (resultBytes < 1) {
      throw new IllegalArgumentException("No room for " + resultBytes + " bytes");
    }
    Objects.requireNonNull(resultKey, "resultKey");
    Objects.requireNonNull(memory, "memory");
  }
}
