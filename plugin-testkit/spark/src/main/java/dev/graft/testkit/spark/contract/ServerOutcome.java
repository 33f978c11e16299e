package dev.graft.testkit.spark.contract;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.graft.encoder.RequestFailedException;
import dev.graft.registry.error.ErrorCode;
import dev.graft.testkit.Server;
import dev.graft.testkit.contract.Fault;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.connect.proto.DataType;

/** What a server made of a sample. */
sealed interface ServerOutcome {
  /**
   * It was answered.
   *
   * @param columns of the answer; none if it has no rows
   * @param rows as texts, sorted; none if they were not asked for
   */
  record Answered(DataType.Struct columns, List<String> rows) implements ServerOutcome {
    public Answered {
      rows = List.copyOf(rows);
    }
  }

  /** It was refused, or failed. */
  record Refused(Server.Refusal refusal) implements ServerOutcome {
    /**
     * The text of a refusal by a plugin that gave no reason: the reason would stand before {@code
     * (said by}.
     */
    private static final Pattern SAYS_NOTHING =
        Pattern.compile("GRAFT_PLUGIN_REFUSED] *(null)? *\\(said by ");

    /** Refusals of plans, which say nothing against a plugin, beside those of {@link Fault}. */
    private static final Set<ErrorCode> OF_PLANS =
        EnumSet.of(
            ErrorCode.GRAFT_EXTENSION_DECLINED,
            ErrorCode.GRAFT_PLAN_MALFORMED,
            ErrorCode.GRAFT_PLAN_TOO_DEEP,
            ErrorCode.GRAFT_PLAN_TOO_LARGE,
            ErrorCode.GRAFT_SCHEMA_TOO_DEEP);

    private static final String INTERNAL_ERROR = "INTERNAL_ERROR";
    private static final String SPARK_SQL = "org.apache.spark.sql.";

    String text() {
      return String.valueOf(refusal.getMessage());
    }

    /** Whether every plugin declined it, or none is for it. */
    boolean isDeclined() {
      return graftCode()
          .filter(
              code ->
                  code == ErrorCode.GRAFT_EXTENSION_UNKNOWN
                      || code == ErrorCode.GRAFT_EXTENSION_DECLINED)
          .isPresent();
    }

    /** Whether Graft or the plugin refused it as they should, by a planning error with words. */
    boolean asPlanned() {
      return graftCode()
          .filter(
              code ->
                  code == ErrorCode.GRAFT_PLUGIN_REFUSED
                      ? !SAYS_NOTHING.matcher(text()).find()
                      : Fault.isOfOthers(code) || OF_PLANS.contains(code))
          .isPresent();
    }

    /** Whether a class is missing: one of the plugin's, or of Spark's own for an input. */
    boolean isLinkage() {
      return graftCode().filter(code -> code == ErrorCode.GRAFT_PLUGIN_LINKAGE).isPresent();
    }

    /** Whether Spark refused it, not Graft, and the server is still there. */
    boolean isOfSpark() {
      return graftCode().isEmpty()
          && failure().filter(failed -> failed.status() != Status.Code.UNAVAILABLE).isPresent();
    }

    /**
     * Whether it is one of Spark's errors that tell users what is wrong with their query: one with
     * an error class or, on lines that often give none, an exception of Spark SQL.
     */
    boolean isQueryError() {
      if (!isOfSpark()) {
        return false;
      }
      Optional<String> code = failure().flatMap(RequestFailedException::errorCode);
      return code.isPresent()
          ? !code.get().startsWith(INTERNAL_ERROR)
          : exceptionName().startsWith(SPARK_SQL);
    }

    private Optional<ErrorCode> graftCode() {
      return failure()
          .flatMap(RequestFailedException::errorCode)
          .flatMap(
              name ->
                  Arrays.stream(ErrorCode.values())
                      .filter(code -> code.name().equals(name))
                      .findAny());
    }

    private Optional<RequestFailedException> failure() {
      return refusal.getCause() instanceof RequestFailedException failure
          ? Optional.of(failure)
          : Optional.empty();
    }

    /** The class of the exception in the server; empty if it does not say. */
    private String exceptionName() {
      com.google.rpc.Status status =
          failure()
              .map(Throwable::getCause)
              .flatMap(cause -> Optional.ofNullable(StatusProto.fromThrowable(cause)))
              .orElse(com.google.rpc.Status.getDefaultInstance());
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          try {
            return detail.unpack(ErrorInfo.class).getReason();
          } catch (InvalidProtocolBufferException e) {
            return "";
          }
        }
      }
      return "";
    }
  }
}
