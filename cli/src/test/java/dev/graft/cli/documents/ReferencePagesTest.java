package dev.graft.cli.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.encoder.GraftInputException;
import dev.graft.gateway.GatewaySettings;
import dev.graft.generate.error.GenerationException;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.settings.RegistryConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pages of settings and of errors have what the code has. {@code -Dgraft.docs.write=true}
 * writes anew what is written from the code; what clients refuse is written by hand and compared.
 */
class ReferencePagesTest {
  private static final Path ERRORS = Path.of("../docs/errors.md");
  private static final Path CONFIGURATION = Path.of("../docs/configuration.md");
  private static final Path ENCODERS = Path.of("../encoders");
  private static final Pattern HEADING = Pattern.compile("^### (GRAFT_\\w+)$", Pattern.MULTILINE);

  /** Where an encoder declares its codes, each as a text or as a constant's name. */
  private static final List<String> SOURCES =
      List.of(
          "go/errors.go",
          "rust/src/error.rs",
          "typescript/src/errors.ts",
          "typescript/src/request-failed.ts",
          "java/src/main/java/dev/graft/encoder/RequestFailedException.java",
          "python/src/graft");

  /** Of base classes in Python, which nothing raises. */
  private static final Set<String> NEVER_SEEN = Set.of("GRAFT_ERROR", "GRAFT_ENVIRONMENT_UNUSABLE");

  private static final Pattern CODE = Pattern.compile("\"(GRAFT_[A-Z_]+)\"");

  /**
   * A part of a page that comes from the code.
   *
   * @param source what it says of itself, in the comment before it
   */
  record Part(Path page, String source, String text) {
    @Override
    public String toString() {
      return page.getFileName() + ", " + source;
    }
  }

  static Stream<Part> parts() {
    return Stream.of(
        new Part(
            CONFIGURATION, "the settings of the registry", RegistryConfiguration.table("spark.")),
        new Part(CONFIGURATION, "the settings of the gateway", GatewaySettings.table()),
        new Part(
            ERRORS,
            "the codes of requests",
            errors(ErrorCode.GRAFT_EXTENSION_UNKNOWN, ErrorCode.GRAFT_PLAN_TOO_LARGE)),
        new Part(
            ERRORS,
            "the codes of answers",
            errors(ErrorCode.GRAFT_PLUGIN_REFUSED, ErrorCode.GRAFT_HOST_UNSUPPORTED)),
        new Part(
            ERRORS,
            "the codes of loading",
            errors(ErrorCode.GRAFT_CONFIGURATION_INVALID, ErrorCode.GRAFT_DESCRIPTION_INVALID)));
  }

  private static String errors(ErrorCode first, ErrorCode last) {
    return EnumSet.range(first, last).stream()
        .map(
            code ->
                "### %s\n\n%s\n\n- **Cause:** %s\n- **Remedy:** %s\n"
                    .formatted(code, code.meaning(), code.cause(), code.remedy()))
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void saysWhatTheCodeSays(Part part) throws IOException {
    String page = Files.readString(part.page());
    Matcher written =
        Pattern.compile(
                "(<!-- written from " + part.source() + " -->\n).*?(<!-- until here -->)",
                Pattern.DOTALL)
            .matcher(page);
    assertThat(written.find()).as("the place of %s in %s", part.source(), part.page()).isTrue();
    String text = "\n" + part.text().strip() + "\n\n";
    String anew = written.replaceFirst("$1" + Matcher.quoteReplacement(text) + "$2");
    if (Boolean.getBoolean("graft.docs.write")) {
      Files.writeString(part.page(), anew);
    }

    assertThat(Files.readString(part.page()))
        .as("write it anew with -Dgraft.docs.write=true")
        .isEqualTo(anew);
  }

  @Test
  void everyCodeOfServersAndClientsHasAPlaceOfItsOwn() throws IOException {
    Set<String> codes = names(ErrorCode.values());
    codes.addAll(names(GraftInputException.Code.values()));
    codes.addAll(names(GenerationException.Code.values()));
    for (String source : SOURCES) {
      codes.addAll(codesIn(ENCODERS.resolve(source)));
    }
    codes.removeAll(NEVER_SEEN);

    List<String> headings =
        HEADING.matcher(Files.readString(ERRORS)).results().map(found -> found.group(1)).toList();
    assertThat(headings).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(codes);
  }

  private static Set<String> names(Enum<?>[] codes) {
    return Arrays.stream(codes).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> codesIn(Path source) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      Set<String> codes = new TreeSet<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().matches(".*\\.(go|rs|ts|java|py)")) {
          CODE.matcher(Files.readString(file))
              .results()
              .map((MatchResult found) -> found.group(1))
              .forEach(codes::add);
        }
      }
      assertThat(codes).as("codes in %s", source).isNotEmpty();
      return codes;
    }
  }
}
