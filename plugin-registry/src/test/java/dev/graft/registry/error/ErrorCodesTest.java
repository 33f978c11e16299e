package dev.graft.registry.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients and dashboards match on codes, so a code that was given out stays. */
class ErrorCodesTest {
  /** One code a line, in the order of the alphabet. Lines are added to it, and none is changed. */
  private static final String FILE = "/error-codes.txt";

  private static List<String> given() throws IOException {
    try (var in = ErrorCodesTest.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static List<String> codes() {
    return Arrays.stream(ErrorCode.values()).map(ErrorCode::name).sorted().toList();
  }

  @Test
  void aCodeThatWasGivenOutIsStillThere() throws IOException {
    assertThat(codes()).as("a code is never renamed or removed").containsAll(given());
  }

  @Test
  void aNewCodeIsAddedToTheFile() throws IOException {
    assertThat(given()).as("add the new code to error-codes.txt").isEqualTo(codes());
  }
}
