package dev.graft.gateway.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Compressed plans that become large, several at once. */
class PlanBytesTest {
  private static final int MOST = 64 << 20;

  private final PlanBytes bytes = new PlanBytes(30 << 20);

  @Test
  void whatWouldNotFitBesideOthersIsRefusedAndTheOthersAreNot() {
    try (PlanBytes.Share first = bytes.share()) {
      assertThat(CompressedPlan.read(plan(6 << 20), MOST, first)).isPresent();
      try (PlanBytes.Share bomb = bytes.share()) {
        assertThatThrownBy(() -> CompressedPlan.read(plan(50 << 20), MOST, bomb))
            .isInstanceOfSatisfying(
                StatusRuntimeException.class,
                refusal ->
                    assertThat(refusal.getStatus().getCode())
                        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
        // It was given up when the memory was used up, not when all of it had come out.
        assertThat(bytes.taken()).isLessThan(40 << 20);
      }
      try (PlanBytes.Share small = bytes.share()) {
        assertThat(CompressedPlan.read(plan(1 << 20), MOST, small)).isPresent();
      }
    }

    assertThat(bytes.taken()).isZero();
  }

  private static WireMessage plan(int size) {
    // compressed_operation { data op_type: RELATION compression_codec: ZSTD }
    WireMessage data =
        WireMessage.EMPTY.with(Fields.COMPRESSED_DATA, Zstd.compress(new byte[size]));
    byte[] operation = Arrays.copyOf(data.bytes(), data.bytes().length + 4);
    System.arraycopy(new byte[] {16, 1, 24, 1}, 0, operation, data.bytes().length, 4);
    return WireMessage.EMPTY.with(Fields.PLAN_COMPRESSED, operation);
  }
}
