package dev.graft.gateway.connect;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import dev.graft.registry.error.GraftException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.charset.StandardCharsets;

/**
 * A refusal as Spark would send it: status {@code INTERNAL}, which Spark's servers give for every
 * plan they refuse, and an {@code ErrorInfo} from which clients of 3.5 and later make an exception
 * with an error class, here Graft's stable code.
 */
public final class RefusalStatus {
  /** The class of errors that SQL has for a statement the server cannot follow. */
  private static final String SQL_STATE = "42000";

  /** Clients look here for a class of their own to throw; there is none, so they take the usual. */
  private static final String CLASSES = "[\"dev.graft.registry.error.GraftException\"]";

  /**
   * A text goes into headers twice, and clients accept 8 KiB of those: once percent-encoded, once
   * in base 64.
   */
  private static final int MOST_HEADER_BYTES = 6_000;

  private RefusalStatus() {}

  /** The refusal, with as much of its text as headers may hold. */
  public static StatusRuntimeException of(GraftException refusal) {
    String text = shortened(String.valueOf(refusal.getMessage()));
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setReason(GraftException.class.getName()) // a class name, as in Spark's own
            .setDomain("dev.graft")
            .putMetadata("classes", CLASSES)
            .putMetadata("errorClass", refusal.code().name())
            .putMetadata("sqlState", SQL_STATE)
            .putMetadata("messageParameters", "{}")
            .build();
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(Status.Code.INTERNAL.value())
            .setMessage(text)
            .addDetails(Any.pack(info))
            .build());
  }

  /** As much of a text as fits. */
  static String shortened(String text) {
    int cost = 0;
    int end = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      int bytes = text.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
      cost += (bytes == 1 && text.charAt(end) >= ' ' ? 1 : 3 * bytes) + bytes + (bytes + 2) / 3;
      if (cost > MOST_HEADER_BYTES) {
        return text.substring(0, end) + " …";
      }
      end = next;
    }
    return text;
  }
}
