package dev.graft.builtin.mask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.api.node.Nodes;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.connect.proto.Expression;
import org.junit.jupiter.api.Test;

/** The ends of a text that is written once, by Java's own regular expressions, which Spark uses. */
class KeptEndsTest {
  private static final List<String> CHARACTERS = List.of("a", "😀", "\n", "$");

  @Test
  void everyTextIsMaskedAsByItsLength() {
    for (int first = 0; first <= 3; first++) {
      for (int last = 0; last <= 3; last++) {
        for (int length = 0; length <= 9; length++) {
          for (int turn = 0; turn < CHARACTERS.size(); turn++) {
            String text = text(length, turn);
            assertThat(masked(new KeptEnds(first, last, "$1"), text))
                .as("%s of %s, %s", text, first, last)
                .isEqualTo(expected(text, first, last, "$1"));
          }
        }
      }
    }
  }

  @Test
  void aTextOfPairsOfSurrogatesShowsNothingWhileItIsNotLongerThanItsEnds() {
    for (int length = 0; length <= 40; length++) {
      String text = "😀".repeat(length);
      assertThat(masked(new KeptEnds(20, 10, "*"), text)).isEqualTo(expected(text, 20, 10, "*"));
    }
  }

  private static String text(int length, int turn) {
    return IntStream.range(0, length)
        .mapToObj(place -> CHARACTERS.get((place * 3 + turn + place / 4) % CHARACTERS.size()))
        .collect(Collectors.joining());
  }

  private static String expected(String text, int first, int last, String with) {
    int length = text.codePointCount(0, text.length());
    if (length <= first + last) {
      return with.repeat(length);
    }
    return text.substring(0, text.offsetByCodePoints(0, first))
        + with.repeat(length - first - last)
        + text.substring(text.offsetByCodePoints(text.length(), -last));
  }

  private static String masked(KeptEnds ends, String text) {
    Expression.UnresolvedFunction call =
        ends.once(Nodes.column("text")).build().getUnresolvedFunction();
    if (call.getFunctionName().equals("repeat")) {
      return call.getArguments(0)
          .getLiteral()
          .getString()
          .repeat(text.codePointCount(0, text.length()));
    }
    return text.replaceAll(
        call.getArguments(1).getLiteral().getString(),
        call.getArguments(2).getLiteral().getString());
  }
}
