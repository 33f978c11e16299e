package dev.graft.registry.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class ClientTextTest {
  @Property(tries = 300)
  void whatAClientSentIsQuotedShortAndOnOneLine(@ForAll String text) {
    assertThat(ClientText.quote(text).length()).isLessThanOrEqualTo(240);
    assertThat(ClientText.quote(text).chars().noneMatch(Character::isISOControl)).isTrue();
  }

  @Example
  void whatWouldForgeALogLineOrTurnTheTextRoundIsReplaced() {
    assertThat(ClientText.quote("a\r\nERROR b\u202ec")).isEqualTo("a??ERROR b?c");
  }

  @Property(tries = 300)
  void theClosestNamesAreAtMostThreeOfThoseThatExist(
      @ForAll String asked, @ForAll @Size(max = 10) List<String> names) {
    assertThat(ClientText.closest(asked, names)).hasSizeLessThanOrEqualTo(3).isSubsetOf(names);
  }

  @Example
  void ofFourThatAreNearThreeAreNamed() {
    assertThat(
            ClientText.closest(
                "acme.TopK", List.of("acme.TopA", "acme.TopB", "acme.TopC", "acme.TopD")))
        .hasSize(3);
  }

  @Property(tries = 300)
  void aNameThatExistsIsItsOwnClosest(@ForAll @Size(min = 1, max = 10) List<String> names) {
    String asked = names.get(0);
    if (asked.length() <= 200
        && names.stream().noneMatch(name -> !name.equals(asked) && name.equalsIgnoreCase(asked))) {
      assertThat(ClientText.closest(asked, names).get(0)).isEqualTo(asked);
    }
  }

  @Example
  void closestComesFirstAndWhatIsTooFarDoesNotCome() {
    assertThat(
            ClientText.closest(
                "acme.v1.Topk", List.of("com.other.Join", "acme.v2.TopN", "acme.v1.TopK")))
        .containsExactly("acme.v1.TopK", "acme.v2.TopN");
  }
}
