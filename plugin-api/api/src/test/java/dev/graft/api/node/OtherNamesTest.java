package dev.graft.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which names {@link Nodes#starWithout} leaves out. */
class OtherNamesTest {
  @Test
  void allButThoseThatAreGiven() {
    List<String> given = List.of("ab", "abc", "x", "a.b", "", "é😀", "[^\\]$");
    Pattern others = Pattern.compile(OtherNames.than(given));

    for (String name : given) {
      assertThat(others.matcher(name).matches()).as(name).isFalse();
    }
    for (String name :
        List.of("a", "abcd", "b", "xx", "a_b", "é", "é😁", "é😀 ", "a\nb", "AB", "[^\\]", "😀")) {
      assertThat(others.matcher(name).matches()).as(name).isTrue();
    }
  }

  @Test
  void withoutNamesAllOfThem() {
    Pattern others = Pattern.compile(OtherNames.than(List.of()));

    assertThat(others.matcher("").matches()).isTrue();
    assertThat(others.matcher("any").matches()).isTrue();
  }

  @Test
  void theServerReadsItAsARegularExpression() {
    assertThat(Nodes.starWithout("place").build().getUnresolvedRegex().getColName())
        .startsWith("`(?s)")
        .endsWith("`");
  }
}
