package dev.graft.gateway.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.graft.gateway.memory.MemoryBudget;
import dev.graft.gateway.memory.Share;
import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.wire.WireMessage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Compressed plans that become large, several at once. */
class CompressedPlanTest {
  private static final int MOST = 64 << 20;

  private final MemoryBudget memory = new MemoryBudget(30 << 20);

  @Test
  void whatWouldNotFitBesideOthersIsRefusedAndTheOthersAreNot() {
    try (Share first = memory.share()) {
      assertThat(CompressedPlan.read(plan(6 << 20), MOST, first)).isPresent();
      try (Share bomb = memory.share()) {
        assertThatThrownBy(() -> CompressedPlan.read(plan(50 << 20), MOST, bomb))
            .isInstanceOfSatisfying(
                GraftException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_MEMORY_EXHAUSTED));
        // It was given up when the memory was used up, not when all of it had come out.
        assertThat(memory.taken()).isLessThan(40 << 20);
      }
      try (Share small = memory.share()) {
        assertThat(CompressedPlan.read(plan(1 << 20), MOST, small)).isPresent();
      }
    }

    assertThat(memory.taken()).isZero();
  }

  private static WireMessage plan(int size) {
    // compressed_operation { data op_type: RELATION compression_codec: ZSTD }
    WireMessage data =
        WireMessage.EMPTY.with(FieldNumbers.COMPRESSED_DATA, Zstd.compress(new byte[size]));
    byte[] operation = Arrays.copyOf(data.bytes(), data.bytes().length + 4);
    System.arraycopy(new byte[] {16, 1, 24, 1}, 0, operation, data.bytes().length, 4);
    return WireMessage.EMPTY.with(FieldNumbers.PLAN_COMPRESSED, operation);
  }
}
