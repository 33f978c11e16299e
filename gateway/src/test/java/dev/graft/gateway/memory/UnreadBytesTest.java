package dev.graft.gateway.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnreadBytesTest {
  private final UnreadBytes all = new UnreadBytes(800);
  private final List<String> ended = new ArrayList<>();

  private Unread call(String connection, String name, long bytes) {
    Unread unread =
        all.of(
            new UnreadBytes.Owner() {
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
    unread.are(bytes);
    return unread;
  }

  @Test
  void upToTheLimitNothingHappens() {
    call("ada", "a", 400);
    call("eve", "b", 400);

    assertThat(ended).isEmpty();
    assertThat(all.total()).isEqualTo(800);
  }

  @Test
  void aboveItTheConnectionWithMostLosesItsLargest() {
    call("ada", "the largest of all", 300);
    call("eve", "small", 90);
    call("eve", "large", 210);
    call("eve", "next", 120);
    call("bob", "one too many", 90);

    assertThat(ended).containsExactly("large");
    assertThat(all.total()).isEqualTo(600);
  }

  @Test
  void anEighthIsFreedAsWellAndNoConnectionLosesAllBeforeOthersHaveAsMuch() {
    call("ada", "a", 390);
    call("eve", "b", 380);
    call("eve", "c", 40);

    assertThat(ended).containsExactly("b");

    call("ada", "d", 400);
    assertThat(ended).containsExactly("b", "d");
  }

  @Test
  void whatIsReadCountsNoMore() {
    Unread call = call("eve", "a", 500);
    call.read(300);
    call("ada", "b", 600);

    assertThat(ended).isEmpty();
    call.read(1_000);
    assertThat(all.total()).isEqualTo(600);
  }

  @Test
  void aCallThatIsOverCountsNoMore() {
    Unread call = call("eve", "a", 500);
    call.close();
    call.are(700);
    call("ada", "b", 600);

    assertThat(ended).isEmpty();
    assertThat(all.total()).isEqualTo(600);
  }
}
