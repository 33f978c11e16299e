package dev.graft.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class ComparisonTest {
  @Test
  void doublesMayDifferByTheToleranceInAnyOrderOfRows() {
    assertThatCode(
            () ->
                Comparison.sameRows(
                    "rows",
                    0.25,
                    List.of(List.of("a", 1.0), List.of("a", 1.5), Arrays.asList(null, Double.NaN)),
                    List.of(
                        Arrays.asList(null, Double.NaN), List.of("a", 1.25), List.of("a", 0.75))))
        .as("the row of 1.0 is near both, and has to leave one of them to that of 1.5")
        .doesNotThrowAnyException();
    assertThatCode(
            () ->
                Comparison.sameRows(
                    "rows",
                    1e-6,
                    List.of(List.of(List.of(0.1f, Double.POSITIVE_INFINITY))),
                    List.of(List.of(List.of(0.1000001f, Double.POSITIVE_INFINITY)))))
        .doesNotThrowAnyException();
  }

  @Test
  void whatDiffersByMoreIsShown() {
    assertThatThrownBy(
            () -> Comparison.sameRows("rows", 0.1, List.of(List.of(1.0)), List.of(List.of(1.2))))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("rows (within 0.1). It is\nDouble 1.2\nand should be\nDouble 1.0");
  }

  @Test
  void nothingButFloatingPointNumbersMayDiffer() {
    List<List<Object>> expected = List.of(List.of(1L, "a"));

    assertThatThrownBy(() -> Comparison.sameRows("rows", 9, expected, List.of(List.of(2L, "a"))))
        .isInstanceOf(AssertionFailedError.class);
    assertThatThrownBy(() -> Comparison.sameRows("rows", 9, expected, List.of(List.of(1.0, "a"))))
        .isInstanceOf(AssertionFailedError.class);
    assertThatThrownBy(() -> Comparison.sameRows("rows", 9, expected, List.of()))
        .isInstanceOf(AssertionFailedError.class);
  }

  @Test
  void aToleranceIsZeroOrMore() {
    assertThatThrownBy(() -> Comparison.sameRows("rows", -1, List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The tolerance is -1.0. Give 0 or more.");
    assertThatThrownBy(() -> Comparison.sameRows("rows", Double.NaN, List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
