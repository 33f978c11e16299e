package dev.graft.gateway.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Refusals as statuses. */
class RefusalStatusTest {
  @Test
  void aTextThatFitsStays() {
    assertThat(RefusalStatus.shortened("[GRAFT_X] größer")).isEqualTo("[GRAFT_X] größer");
  }

  @Test
  void aTextTooLongForHeadersIsCutBetweenCharacters() {
    String cut = RefusalStatus.shortened("\uD83D\uDE00".repeat(5_000));

    assertThat(cut).endsWith("\uD83D\uDE00 …").hasSizeLessThan(1_000);
    assertThat(RefusalStatus.shortened("x".repeat(50_000))).hasSizeBetween(2_000, 3_000);
  }

  @Test
  void clientsFindTheClassOfAnErrorInAPlanOfTheirOwn() throws Exception {
    StatusRuntimeException refusal =
        RefusalStatus.of(new GraftException(ErrorCode.GRAFT_PLUGIN_REFUSED, "no"));

    com.google.rpc.Status status =
        Objects.requireNonNull(StatusProto.fromThrowable(refusal), "no details");
    ErrorInfo info = status.getDetails(0).unpack(ErrorInfo.class);
    assertThat(info.getMetadataMap())
        .containsEntry("classes", "[\"org.apache.spark.sql.AnalysisException\"]")
        .containsEntry("errorClass", "GRAFT_PLUGIN_REFUSED")
        .containsEntry("sqlState", "42000")
        .containsEntry("messageParameters", "{}")
        .doesNotContainKeys("stackTrace", "errorId");
  }

  @Test
  void theCodeStandsInTheText() {
    assertThat(
            RefusalStatus.of(new GraftException(ErrorCode.GRAFT_PLUGIN_REFUSED, "no"))
                .getStatus()
                .getDescription())
        .isEqualTo("[GRAFT_PLUGIN_REFUSED] no");
  }
}
