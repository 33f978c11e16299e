package dev.graft.gateway.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.wire.WireMessage;
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
  void theJvmClientGetsNoErrorClassThatItsListHasNot() throws Exception {
    StatusRuntimeException refusal =
        RefusalStatus.of(new GraftException(ErrorCode.GRAFT_PLUGIN_REFUSED, "no"));
    byte[] scala = request("_SPARK_CONNECT_SCALA spark/4.2.0 scala/2.13.16 jvm/17.0.9 os/linux");
    byte[] python = request("_SPARK_CONNECT_PYTHON spark/4.2.0 os/linux python/3.11");

    StatusRuntimeException told = RefusalStatus.understood(refusal, scala, 4);

    assertThat(
            Objects.requireNonNull(StatusProto.fromThrowable(told))
                .getDetails(0)
                .unpack(ErrorInfo.class))
        .satisfies(
            info ->
                assertThat(info.getMetadataMap())
                    .containsKey("classes")
                    .doesNotContainKey("errorClass"));
    assertThat(told.getStatus().getDescription()).isEqualTo("[GRAFT_PLUGIN_REFUSED] no");
    assertThat(RefusalStatus.understood(refusal, python, 4)).isSameAs(refusal);
    assertThat(RefusalStatus.understood(refusal, new byte[] {26, 100}, 4)).isSameAs(refusal);
  }

  private static byte[] request(String clientType) {
    return WireMessage.EMPTY.with(4, clientType).bytes();
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
