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

  /** How Spark says that it has nothing for an extension: 3.4 to 4.1, and from 4.2 on. */
  private static final Pattern NO_HANDLER =
      Pattern.compile("No handler found for extension|NO_HANDLER_FOR_EXTENSION");

  /** How engines say it that know no extensions; none of them gives it a code. */
  private static final Pattern NOT_IMPLEMENTED =
      Pattern.compile(
          "(?i)(not (yet )?(implemented|supported)|unsupported|unimplemented).{0,80}extension"
              + "|extension.{0,80}(not (yet )?(implemented|supported)|unsupported)"
              // Sail's whole text, with an error of the kind "unsupported".
              + "|^(extension (relation|expression)|command extension)$");

  private static final String WITHOUT_EXTENSION = "GRAFT_SERVER_WITHOUT_EXTENSION";
  private static final String TOO_OLD = "GRAFT_SERVER_TOO_OLD";
  private static final String UNKNOWN_EXTENSION = "GRAFT_EXTENSION_UNKNOWN";

  private final Status.Code status;
  private final @Nullable String errorCode;

  RequestFailedException(StatusRuntimeException failure) {
    super(explained(failure), failure);
    status = failure.getStatus().getCode();
    errorCode = errorCode(failure);
  }

  private RequestFailedException(RequestFailedException failure, String errorCode, String text) {
    super("[" + errorCode + "] " + text + " The server said: " + failure.getMessage(), failure);
    this.status = failure.status;
    this.errorCode = errorCode;
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
   * Graft refused the extension, {@code GRAFT_SERVER_WITHOUT_EXTENSION} if a server without Graft
   * did, {@code GRAFT_SERVER_TOO_OLD} if it lacks the request, otherwise Spark's error class, such
   * as {@code TABLE_OR_VIEW_NOT_FOUND}. Empty where the server names none; older Spark lines often
   * don't.
   */
  public Optional<String> errorCode() {
    return Optional.ofNullable(errorCode);
  }

  /** This failure, said about the list of extensions: Graft is there and does not know it. */
  RequestFailedException withoutCatalogue() {
    return UNKNOWN_EXTENSION.equals(errorCode)
        ? new RequestFailedException(
            this, TOO_OLD, "The server's Graft is too old for that; update it.")
        : this;
  }

  private static String explained(StatusRuntimeException failure) {
    String text = text(failure.getStatus());
    String code = errorCode(failure);
    if (WITHOUT_EXTENSION.equals(code)) {
      return "["
          + code
          + "] The server has nothing that handles this extension. Install Graft and the plugin's"
          + " jar on it, or connect to a gateway that has them. The server said: "
          + text;
    } else if (TOO_OLD.equals(code)) {
      return "["
          + code
          + "] The server does not know this request; use a newer one. The server said: "
          + text;
    }
    return text;
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
    if (NO_HANDLER.matcher(text).find()) {
      return WITHOUT_EXTENSION;
    }
    Optional<String> errorClass = errorInfo(failure);
    if (errorClass.isPresent()) {
      return errorClass.get();
    }
    Matcher leading = LEADING_CODE.matcher(text);
    if (leading.find()) {
      return leading.group(1);
    } else if (NOT_IMPLEMENTED.matcher(text).find()) {
      return WITHOUT_EXTENSION;
    }
    return failure.getStatus().getCode() == Status.Code.UNIMPLEMENTED ? TOO_OLD : null;
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
