package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.gateway.memory.MemoryBudget;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator is told at the start of limits that are larger than the memory. */
class MemoryFitTest {
  private static final long GIB = 1L << 30;

  private static List<String> notes(Map<String, String> entries, long budget) {
    return MemoryFit.notes(GatewaySettings.parse(entries), new MemoryBudget(budget));
  }

  @Test
  void theDefaultsFitIntoFourGigabytes() {
    assertThat(notes(Map.of(), 2 * GIB)).isEmpty();
  }

  @Test
  void littleMemoryIsToldOfEachLimitThatIsLarger() {
    List<String> notes = notes(Map.of(), GIB / 8);

    assertThat(notes).hasSize(2);
    assertThat(notes.get(0))
        .startsWith(
            "graft.gateway.max-message-bytes is 134,217,728, and this heap has 100,663,296 for a message");
    assertThat(notes.get(1))
        .startsWith("graft.gateway.max-plan-bytes is 536,870,912")
        .contains("becomes 33,554,432: larger ones are refused");
  }

  @Test
  void limitsThatAreLoweredFit() {
    Map<String, String> entries =
        Map.of(
            "graft.gateway.max-message-bytes", "64000000",
            "graft.gateway.max-plan-bytes", "32000000");

    assertThat(notes(entries, GIB / 8)).isEmpty();
  }
}
