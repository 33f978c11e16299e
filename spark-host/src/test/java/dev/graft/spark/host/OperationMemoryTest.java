package dev.graft.spark.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OperationMemoryTest {
  @Test
  void whatWasMadeIsOfTheOperationAndOfTheThreadThatCarriesItOut() {
    OperationMemory.of("first").put("key", "made");

    assertThat(OperationMemory.of("first")).containsEntry("key", "made");
    assertThat(CompletableFuture.supplyAsync(() -> OperationMemory.of("first")).join()).isEmpty();
    assertThat(OperationMemory.of("second")).isEmpty();
    assertThat(OperationMemory.of("first")).as("it ended when another began").isEmpty();
  }
}
