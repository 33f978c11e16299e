package dev.graft.cli.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.gateway.GatewaySettings;
import dev.graft.registry.settings.RegistryConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents name is there, and the Java in them compiles. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the first test
class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)");
  private static final Pattern FILE = Pattern.compile("[\\w./-]+\\.md(#[\\w-]+)?");

  /** A key, or the beginning of some; what stands before it is no part of a Java or file name. */
  private static final Pattern KEY =
      Pattern.compile(
          "(?<![\\w./-])(?:spark\\.)?(graft\\.(?:plugins|plugin|limits|catalog|report|sessions|admin|gateway)\\.[\\w.<>*-]*[\\w>*])(?![\\w(])");

  /** Whose Java needs Spark's own client: that of the plugins runs in BuiltinExamplesIT. */
  private static final List<String> ELSEWHERE = List.of("plugins-builtin", "encoders/java-spark");

  private static List<Document> documents;

  @BeforeAll
  static void read() throws IOException {
    documents = Document.all();
    assertThat(documents).extracting(Document::toString).contains("README.md", "docs/index.md");
  }

  @Test
  void linksLeadToFilesAndHeadings() {
    Map<Path, Document> byFile =
        documents.stream()
            .collect(
                Collectors.toMap(
                    document -> Document.ROOT.resolve(document.file()), Function.identity()));
    List<String> broken = new ArrayList<>();
    for (Document document : documents) {
      LINK.matcher(document.prose())
          .results()
          .map(found -> found.group(1))
          .filter(link -> URI.create(link).getScheme() == null)
          .filter(link -> !leadsSomewhere(document, link, byFile))
          .forEach(link -> broken.add(document + ": " + link));
    }

    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(
      Document document, String link, Map<Path, Document> byFile) {
    String[] parts = link.split("#", 2);
    Path from = Document.ROOT.resolve(document.file());
    Path to =
        parts[0].isEmpty()
            ? from
            : from.resolveSibling(URLDecoder.decode(parts[0], StandardCharsets.UTF_8)).normalize();
    Document target = byFile.get(to);
    return parts.length == 1
        ? Files.exists(to)
        : target != null && target.anchors().contains(parts[1]);
  }

  @Test
  void documentsThatAreNamedAreThere() {
    for (Document document : documents) {
      Path file = Document.ROOT.resolve(document.file());
      assertThat(
              document
                  .spans()
                  .filter(span -> FILE.matcher(span).matches())
                  .map(span -> span.replaceFirst("#.*", "")))
          .as("documents that %s names", document)
          .allMatch(
              name ->
                  Files.exists(Document.ROOT.resolve(name))
                      || Files.exists(file.resolveSibling(name)));
    }
  }

  @Test
  void keysThatAreNamedCanBeSet() {
    Set<String> keys = new HashSet<>();
    for (String table : List.of(RegistryConfiguration.table(""), GatewaySettings.table())) {
      table.lines().skip(2).forEach(row -> keys.add(row.replaceAll("^\\| `([^`]+)`.*", "$1")));
    }
    Set<String> unknown = new HashSet<>();
    for (Document document : documents) {
      String text =
          document.prose()
              + document.blocks().stream()
                  .map(Document.Block::code)
                  .collect(Collectors.joining("\n"));
      KEY.matcher(text)
          .results()
          .map(found -> found.group(1))
          .filter(key -> !isKnown(key, keys))
          .forEach(key -> unknown.add(document + ": " + key));
    }

    assertThat(keys).contains("graft.plugins.path", "graft.gateway.port");
    assertThat(unknown).isEmpty();
  }

  private static boolean isKnown(String key, Set<String> keys) {
    if (key.startsWith("graft.plugin.")) {
      // A plugin's own settings are the plugin's matter.
      return key.matches("graft\\.plugin\\.[\\w<>-]+(\\..+)?");
    }
    return key.endsWith("*")
        ? keys.stream().anyMatch(known -> known.startsWith(key.substring(0, key.length() - 1)))
        : keys.contains(key);
  }

  @Test
  void javaCompiles(@TempDir Path classes) throws Exception {
    DocumentedJava java = new DocumentedJava();
    for (Document document : documents) {
      if (ELSEWHERE.stream().noneMatch(document.file()::startsWith)) {
        document.in("java").forEach(block -> java.add(document, block));
      }
    }

    assertThat(java.size()).isGreaterThan(12);
    assertThat(java.compile(classes)).isEmpty();
  }
}
