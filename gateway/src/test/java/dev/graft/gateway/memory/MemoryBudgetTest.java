package dev.graft.gateway.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.registry.error.GraftException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** Who gets how much of the memory of all calls. */
class MemoryBudgetTest {
  private static final int MOST = 8 << 20;

  private final MemoryBudget budget = new MemoryBudget(MOST);

  @Test
  void whatIsTooMuchIsRefusedAndTakesNothing() {
    try (Share first = budget.share();
        Share second = budget.share()) {
      first.take(5 << 20);

      assertThatThrownBy(() -> second.take(3 << 20))
          .isInstanceOf(GraftException.class)
          .hasMessageStartingWith(
              "[GRAFT_MEMORY_EXHAUSTED] The gateway has no memory for this call")
          .hasMessageContaining("may take 8,388,608 bytes");

      assertThat(budget.taken()).isEqualTo(5 << 20);
      second.take(2 << 20);
    }
    assertThat(budget.taken()).isZero();
  }

  @Test
  void whereLargeSharesHaveTakenTheirPartSmallOnesStillGetTheirs() {
    try (Share large = budget.share()) {
      large.take(MOST / 8 * 7);
      assertThat(large.tryTake(1)).isFalse();

      try (Share small = budget.share()) {
        assertThat(small.tryTake(MemoryBudget.SMALL)).isTrue();
        assertThat(small.tryTake(1)).isFalse(); // it is a small one no more
      }
    }
  }

  @Test
  void oneConnectionLeavesSomethingToOthers() {
    InetSocketAddress one = InetSocketAddress.createUnresolved("one", 1);
    InetSocketAddress other = InetSocketAddress.createUnresolved("other", 1);
    try (Share first = shareOf(one);
        Share second = shareOf(one);
        Share third = shareOf(other)) {
      first.take(MOST / 2);
      second.take(MOST / 4);

      assertThat(first.tryTake(1)).isFalse();
      assertThat(second.tryTake(1)).isFalse();
      assertThat(third.tryTake(MOST / 8)).isTrue();
      first.shrinkTo(0);
      assertThat(second.tryTake(MOST / 2)).isTrue();
    }
    budget.leave(one);
    budget.leave(one);
    budget.leave(other);
    assertThat(budget.taken()).isZero();
  }

  private Share shareOf(InetSocketAddress client) {
    Share share = budget.share();
    share.of(budget.join(client));
    return share;
  }

  @Test
  void aShareIsGivenBackWhenItsLastHolderHasClosedIt() {
    Share share = budget.share();
    share.take(1_000);
    Share worker = share.hold();

    share.close();
    worker.take(1_000);
    assertThat(budget.taken()).isEqualTo(2_000);

    worker.close();
    assertThat(budget.taken()).isZero();
  }

  @Test
  void nothingIsCountedForACallThatIsOver() {
    Share share = budget.share();
    share.close();

    share.take(2L * MOST);
    share.hold().close();
    share.close();

    assertThat(budget.taken()).isZero();
  }

  @Test
  void shrinkingGivesBackWhatIsAbove() {
    try (Share share = budget.share()) {
      share.take(1_000);
      share.shrinkTo(2_000);
      assertThat(budget.taken()).isEqualTo(1_000);
      share.shrinkTo(10);
      assertThat(budget.taken()).isEqualTo(10);
    }
  }
}
