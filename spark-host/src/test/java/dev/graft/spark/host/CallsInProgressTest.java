package dev.graft.spark.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.spi.HostContext.Phase;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Spark 3.4's way of knowing what a thread does. */
class CallsInProgressTest {
  private final CallsInProgress calls = new CallsInProgress();

  private static CallsInProgress.Call call(String userId, Phase phase) {
    return new CallsInProgress.Call(userId, userId + "'s session", phase, "responses");
  }

  private String told() {
    return calls.userId() + "," + calls.sessionId() + "," + calls.phase() + "," + calls.responses();
  }

  @Test
  void nothingIsKnownOutsideOfACall() {
    assertThat(told()).isEqualTo(",,UNKNOWN,Optional.empty");
  }

  @Test
  void aCallInsideAnotherEndsWithIt() {
    calls.during(
        call("ada", Phase.EXECUTION),
        () -> {
          calls.during(
              call("bob", Phase.ANALYSIS),
              () -> assertThat(told()).isEqualTo("bob,bob's session,ANALYSIS,Optional.empty"));
          assertThat(told()).isEqualTo("ada,ada's session,EXECUTION,Optional[responses]");
        });

    assertThat(told()).isEqualTo(",,UNKNOWN,Optional.empty");
  }

  @Test
  void aCallIsOfItsThreadAloneAndEndsWhenItFails() {
    assertThatThrownBy(
            () ->
                calls.during(
                    call("ada", Phase.EXECUTION),
                    () -> {
                      assertThat(CompletableFuture.supplyAsync(this::told).join())
                          .isEqualTo(",,UNKNOWN,Optional.empty");
                      throw new IllegalStateException("failed");
                    }))
        .hasMessage("failed");

    assertThat(calls.userId()).isEmpty();
  }
}
