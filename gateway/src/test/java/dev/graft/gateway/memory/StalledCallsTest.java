package dev.graft.gateway.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.gateway.memory.StalledCalls.Stall;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StalledCallsTest {
  private static final long SECOND = 1_000_000_000;
  private static final int MOST = 3;

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND / 2); // it will run over
  private final StalledCalls calls = new StalledCalls(MOST, now::get);
  private final List<String> ended = new ArrayList<>();

  private Stall call(String connection, String name) {
    return calls.of(
        new StalledCalls.Owner() {
          @Override
          public Object connection() {
            return connection;
          }

          @Override
          public void refuse(Status status) {
            assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            ended.add(name);
          }
        });
  }

  private Stall stands(String connection, String name) {
    Stall stall = call(connection, name);
    stall.begins();
    return stall;
  }

  @Test
  void asManyAsThereMayBeStandForAsLongAsTheyLike() {
    stands("ada", "a");
    stands("eve", "b");
    now.addAndGet(1_000 * SECOND);
    stands("eve", "c");

    assertThat(ended).isEmpty();
    assertThat(calls.standing()).isEqualTo(3);
  }

  @Test
  void aboveItTheConnectionThatHasMostLosesTheOneThatHasStoodLongest() {
    stands("ada", "of ada");
    for (String name : List.of("a", "b")) {
      stands("eve", name);
    }
    now.addAndGet(SECOND);
    stands("eve", "c");

    assertThat(ended).containsExactly("a");
    assertThat(calls.standing()).isEqualTo(3);
  }

  @Test
  void whatHasStoodForAMomentIsGivenTimeUntilThereAreTwiceAsMany() {
    for (int number = 0; number < 2 * MOST; number++) {
      stands("eve", "call " + number);
    }
    assertThat(ended).isEmpty();
    stands("ada", "of ada");

    assertThat(ended).containsExactly("call 0");
  }

  @Test
  void whatGoesOnOrIsOverDoesNotCount() {
    for (int number = 0; number < 100; number++) {
      Stall goesOn = stands("eve", "goes on");
      goesOn.ends();
      goesOn.ends();
      Stall over = stands("eve", "over");
      over.close();
      over.begins();
      now.addAndGet(SECOND);
    }

    assertThat(ended).isEmpty();
    assertThat(calls.standing()).isZero();
  }
}
