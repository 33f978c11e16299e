package dev.graft.generate.go;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.generate.model.Documentation;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What gofmt rewrites in comments must not get into one by chance. */
class GoCommentTest {
  private static String comment(String text) {
    return new GoComment(0, "TopK", Documentation.of(text), "is the message acme.TopK.").toString();
  }

  @Test
  void aCommentBeginsWithWhatItIsAbout() {
    assertThat(comment("The first rows")).isEqualTo("// TopK: The first rows.\n");
  }

  @Test
  void whereNothingWasWrittenTheMessageIsNamed() {
    assertThat(comment("")).isEqualTo("// TopK is the message acme.TopK.\n");
  }

  @Test
  void listsAreIndented() {
    assertThat(comment("Some.\n- one\n- two\n\nMore"))
        .isEqualTo(
            """
            // TopK: Some.
            //
            //   - one.
            //   - two.
            //
            // More.
            """);
  }

  @Test
  void headingsLinksAndQuotationsAreText() {
    assertThat(comment("A.\n\n# Heading\n\n[a]: http://b\n\n1. one ``quoted''"))
        .isEqualTo(
            """
            // TopK: A.
            //
            // … # Heading.
            //
            // … [a]: http://b.
            //
            // … 1. one `quoted'.
            """);
  }

  @Test
  void aByteOrderMarkIsLeftOut() {
    assertThat(comment("a\uFEFFb")).isEqualTo("// TopK: ab.\n");
  }

  @Property(tries = 500)
  void everyLineIsAComment(@ForAll String text) {
    assertThat(comment(text).lines())
        .allSatisfy(line -> assertThat(line).matches("//( .*)?").doesNotMatch(".*\\s"));
    assertThat(comment(text)).doesNotContain("\r", "\u0000", "\uFEFF").endsWith("\n");
  }
}
