package dev.graft.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.gateway.reload.FollowedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Which tokens are let in. */
class BearerTokensTest {
  @Property(tries = 200)
  void exactlyTheTokensOfTheFileAreAccepted(
      @ForAll @Size(min = 1, max = 5) List<@NotEmpty @CharRange(from = '!', to = '~') String> known,
      @ForAll @StringLength(max = 20) String presented)
      throws Exception {
    Path file = Files.createTempFile("tokens", "");
    try (FollowedFiles files = new FollowedFiles(Duration.ofDays(1))) {
      Files.writeString(file, String.join("\r\n", known));
      BearerTokens tokens = BearerTokens.of(file, files);

      assertThat(known).allMatch(tokens::accept);
      assertThat(tokens.accept(presented)).isEqualTo(known.contains(presented));
      assertThat(tokens.accept(known.get(0) + "x")).isEqualTo(known.contains(known.get(0) + "x"));
    } finally {
      Files.delete(file);
    }
  }
}
