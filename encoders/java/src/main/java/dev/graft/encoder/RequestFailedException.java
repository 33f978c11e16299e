package dev.graft.encoder;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that the server refused, that failed there, or that never reached it. Its message is
 * the server's own text where there is one.
 */
public final class RequestFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Graft's code may stand inside a text that the server has put its own code before. */
  private static final Pattern GRAFT_CODE = Pattern.compile("\\[(GRAFT_[A-Z0-9_.]+)]");

  private static final Pattern LEADING_CODE = Pattern.compile("^\\[([A-Z][A-Z0-9_.]+)]");

  private final Status.Code status;
  private final @Nullable String errorCode;

  RequestFailedException(StatusRuntimeException failure) {
    super(text(failure.getStatus()), failure);
    status = failure.getStatus().getCode();
    errorCode = errorCode(failure);
  }

  RequestFailedException(Status.Code status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.errorCode = null;
  }

  /** The gRPC status: {@code UNAVAILABLE} where no server answered. */
  public Status.Code status() {
    return status;
  }

  /**
   * What kind of error it is, in a word that stays the same between releases: {@code GRAFT_…} if
   * Graft refused the extension, otherwise Spark's error class, such as {@code
   * TABLE_OR_VIEW_NOT_FOUND}. Empty where the server names none; older Spark lines often don't.
   */
  public Optional<String> errorCode() {
    return Optional.ofNullable(errorCode);
  }

  private static String text(Status status) {
    StringBuilder text = new StringBuilder();
    text.append(status.getDescription() == null ? status.getCode() : status.getDescription());
    // For a refused connection the description is "io exception", and the reason is in the cause.
    Throwable cause = status.getCause();
    if (status.getCode() == Status.Code.UNAVAILABLE
        && cause != null
        && cause.getMessage() != null) {
      text.append(": ").append(cause.getMessage());
    }
    return text.toString();
  }

  private static @Nullable String errorCode(StatusRuntimeException failure) {
    String text = text(failure.getStatus());
    Matcher graft = GRAFT_CODE.matcher(text);
    if (graft.find()) {
      return graft.group(1);
    }
    Optional<String> errorClass = errorInfo(failure);
    if (errorClass.isPresent()) {
      return errorClass.get();
    }
    Matcher leading = LEADING_CODE.matcher(text);
    return leading.find() ? leading.group(1) : null;
  }

  private static Optional<String> errorInfo(StatusRuntimeException failure) {
    com.google.rpc.Status details = StatusProto.fromThrowable(failure);
    if (details == null) {
      return Optional.empty();
    }
    for (Any detail : details.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        try {
          String errorClass = detail.unpack(ErrorInfo.class).getMetadataMap().get("errorClass");
          return Optional.ofNullable(errorClass).filter(name -> !name.isBlank());
        } catch (InvalidProtocolBufferException e) {
          return Optional.empty(); // The text says all the same what went wrong.
        }
      }
    }
    return Optional.empty();
  }
}
