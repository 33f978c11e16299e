package dev.graft.gateway.memory;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads messages whose size is not known beforehand, since gRPC decompresses them while they are
 * read.
 */
public final class CountedBytes {
  private static final int FIRST_PIECE = 8 << 10;

  /**
   * Less than half of the smallest region of the collector: larger arrays get whole regions of
   * their own, and with its header one of 1 MiB takes two.
   */
  private static final int LARGEST_PIECE = 256 << 10;

  /**
   * The whole is one array, for which the heap must have a gap: its collector does not move large
   * arrays together.
   */
  private static final long LARGEST = Runtime.getRuntime().maxMemory() / 8;

  /** Each byte is in a piece, and then in the whole. */
  private static final int COPIES = 2;

  private CountedBytes() {}

  /**
   * Reads a message, and takes the memory for it as it comes.
   *
   * @param call is refused where there is not enough, or the message is larger than the server
   *     takes; what is returned then is of no meaning
   * @param share the share of the call that takes the memory
   */
  public static byte[] read(InputStream stream, CallMemory call, Share share) throws IOException {
    List<byte[]> pieces = new ArrayList<>();
    int size = 0;
    try {
      int piece = FIRST_PIECE;
      int length = piece;
      while (length == piece) {
        piece = Math.min(LARGEST_PIECE, Math.max(FIRST_PIECE, size));
        if (!share.tryTake((long) COPIES * piece)) {
          call.refuse();
          share.shrinkTo(0); // the pieces can be collected
          return new byte[0];
        }
        byte[] next = new byte[piece];
        length = stream.readNBytes(next, 0, piece);
        size = Math.addExact(size, length);
        pieces.add(next);
        if (size > LARGEST) {
          call.refuse(tooLarge());
          share.shrinkTo(0);
          return new byte[0];
        }
      }
    } catch (StatusRuntimeException e) { // gRPC's own, of a message above the limit
      call.refuse(e.getStatus());
      return new byte[0];
    }
    byte[] whole = new byte[size];
    ByteBuffer rest = ByteBuffer.wrap(whole);
    for (byte[] next : pieces) {
      rest.put(next, 0, Math.min(next.length, rest.remaining()));
    }
    share.shrinkTo(size);
    return whole;
  }

  private static Status tooLarge() {
    GraftException refusal =
        new GraftException(
            ErrorCode.GRAFT_MEMORY_EXHAUSTED,
            "The gateway has no memory for this call: a compressed message may become %,d bytes here, which is an eighth of its heap. Send large data as an artifact or a table, or have the gateway given a larger heap (-Xmx)."
                .formatted(LARGEST));
    return Status.RESOURCE_EXHAUSTED.withDescription(refusal.getMessage());
  }
}
