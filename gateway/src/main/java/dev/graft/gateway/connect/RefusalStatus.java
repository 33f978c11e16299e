package dev.graft.gateway.connect;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.wire.WireMessage;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.charset.StandardCharsets;

/**
 * A refusal as Spark would send it for a plan of the client's own that is wrong: status {@code
 * INTERNAL}, which Spark's servers give for every plan they refuse, and an {@code ErrorInfo}, from
 * which PySpark and the JVM client make an {@code AnalysisException}. PySpark 4.0 and later also
 * takes error class and SQLSTATE from it; for other clients the code stands in the text.
 */
public final class RefusalStatus {
  /** The class of errors that SQL has for a statement the server cannot follow. */
  private static final String SQL_STATE = "42000";

  private static final String DOMAIN = "dev.graft";
  private static final String ERROR_CLASS = "errorClass";
  private static final String EXCEPTION = "org.apache.spark.sql.AnalysisException";

  /** Clients throw the first class here that they know. */
  private static final String CLASSES = "[\"" + EXCEPTION + "\"]";

  /**
   * How many bytes a text may take in headers. It goes there twice, once percent-encoded and once
   * in base 64, and clients accept 8 KiB of headers.
   */
  private static final int MOST_HEADER_BYTES = 6_000;

  private RefusalStatus() {}

  /** The refusal, with as much of its text as headers may hold. */
  public static StatusRuntimeException of(GraftException refusal) {
    String text = shortened(String.valueOf(refusal.getMessage()));
    if (refusal.code() == ErrorCode.GRAFT_MEMORY_EXHAUSTED) {
      // Nothing is wrong with the plan. The refusal has no details, like those given while a
      // message is received.
      return Status.RESOURCE_EXHAUSTED.withDescription(text).asRuntimeException();
    }
    if (refusal.code() == ErrorCode.GRAFT_STORE_UNAVAILABLE) {
      return Status.UNAVAILABLE.withDescription(text).asRuntimeException(); // clients try again
    }
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setReason(EXCEPTION) // a class name, as in Spark's own
            .setDomain(DOMAIN)
            .putMetadata("classes", CLASSES)
            .putMetadata(ERROR_CLASS, refusal.code().name())
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

  /**
   * A refusal as the client of a request understands it. The JVM client of 4.0 and later makes the
   * text of an error anew from its own list of error classes, and throws an internal error for a
   * class that is not in the list; without a class it takes the text as it comes.
   *
   * @param clientType the number of the request's field in which a client says what it is
   */
  static StatusRuntimeException understood(
      StatusRuntimeException refusal, byte[] request, int clientType) {
    return isOfJvm(request, clientType) ? withoutClass(refusal) : refusal;
  }

  private static StatusRuntimeException withoutClass(StatusRuntimeException refusal) {
    try {
      com.google.rpc.Status status = StatusProto.fromThrowable(refusal);
      if (status == null || status.getDetailsCount() == 0) {
        return refusal;
      }
      ErrorInfo info = status.getDetails(0).unpack(ErrorInfo.class);
      return info.getDomain().equals(DOMAIN)
          ? StatusProto.toStatusRuntimeException(
              status.toBuilder()
                  .setDetails(0, Any.pack(info.toBuilder().removeMetadata(ERROR_CLASS).build()))
                  .build())
          : refusal;
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return refusal; // the backend's, whose details are no status
    }
  }

  /** The refusal for a client that is a JVM client or not. */
  static StatusRuntimeException of(GraftException refusal, boolean jvm) {
    StatusRuntimeException status = of(refusal);
    return jvm ? withoutClass(status) : status;
  }

  static boolean isOfJvm(byte[] request, int clientType) {
    try {
      return new WireMessage(request).text(clientType).contains(" jvm/");
    } catch (GraftException e) {
      return false; // no client of Spark's has written it
    }
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
