package dev.graft.gateway.connect;

import dev.graft.gateway.memory.Share;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.wire.WireMessage;
import java.util.Optional;

/**
 * A plan whose relation or command the client has compressed, as clients of Spark 4.1 and later do
 * above 10 MB.
 *
 * @param plan as it came
 * @param type what is compressed: a relation or a command
 * @param operation the same, decompressed
 * @param share takes the memory for what it becomes
 */
record CompressedPlan(WireMessage plan, ConnectType type, byte[] operation, Share share) {
  /** The configuration key of how large a plan may become. */
  static final String MOST_BYTES_KEY = "graft.gateway.max-plan-bytes";

  private static final long ZSTD = 1;
  private static final long RELATION = 1;
  private static final long COMMAND = 2;

  /**
   * Decompresses a plan.
   *
   * @param mostBytes how large it may become
   * @param share takes the memory for it
   * @return empty if nothing in it is compressed, or in a way that is not known here, or if the
   *     data is damaged: the backend then says so in its own words, whereupon PySpark stops
   *     compressing
   * @throws GraftException GRAFT_PLAN_TOO_LARGE if it would become larger, GRAFT_PLAN_MALFORMED if
   *     the plan says twice what it is
   */
  static Optional<CompressedPlan> read(WireMessage plan, int mostBytes, Share share) {
    Optional<byte[]> compressed = plan.only(FieldNumbers.PLAN_COMPRESSED);
    if (compressed.isEmpty()) {
      return Optional.empty();
    }
    if (plan.field(FieldNumbers.PLAN_ROOT).isPresent()
        || plan.field(FieldNumbers.PLAN_COMMAND).isPresent()) {
      throw WireMessage.malformed("a plan holds both a compressed operation and another one.");
    }
    WireMessage message = new WireMessage(compressed.get());
    long type = message.number(FieldNumbers.COMPRESSED_TYPE);
    if (message.number(FieldNumbers.COMPRESSED_CODEC) != ZSTD
        || (type != RELATION && type != COMMAND)) {
      return Optional.empty();
    }
    return message
        .field(FieldNumbers.COMPRESSED_DATA)
        .flatMap(data -> decompressed(data, mostBytes, share))
        .map(
            operation ->
                new CompressedPlan(
                    plan,
                    type == RELATION ? ConnectType.RELATION : ConnectType.COMMAND,
                    operation,
                    share));
  }

  private static Optional<byte[]> decompressed(byte[] data, int mostBytes, Share share) {
    try {
      return Zstandard.decompress(data, mostBytes, share);
    } catch (Zstandard.TooLarge e) {
      throw new GraftException(
          ErrorCode.GRAFT_PLAN_TOO_LARGE,
          "The plan is compressed to %,d bytes and would become %s; the limit is %,d. Upload large data as an artifact or a table, or have %s raised."
              .formatted(data.length, e.getMessage(), mostBytes, MOST_BYTES_KEY),
          e);
    }
  }

  /**
   * The plan with another operation of the same type, compressed again.
   *
   * @return the plan as it came if the operation is the one it came with
   */
  WireMessage with(byte[] other) {
    if (other == operation) {
      return plan;
    }
    share.take(other.length); // data that cannot be compressed stay as large as they are
    WireMessage compressed = plan.message(FieldNumbers.PLAN_COMPRESSED);
    return plan.with(
        FieldNumbers.PLAN_COMPRESSED,
        compressed.with(FieldNumbers.COMPRESSED_DATA, Zstandard.compress(other)).bytes());
  }
}
