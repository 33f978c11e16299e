package dev.graft.cli.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.programs.Programs;
import dev.graft.cli.python.PythonEnvironment;
import dev.graft.registry.error.ErrorCode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site of the documents, made as {@code docs/requirements.txt} and {@code mkdocs.yml} say. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class DocumentsIT {
  private static final Pattern ID = Pattern.compile(" (?:id|name)=\"?([^\"\\s>]+)\"?");
  private static final Pattern LINK = Pattern.compile("<a [^>]*?href=\"?([^\"\\s>]*)\"?");

  /** What a browser loads by itself, other than pictures that are in the page. */
  private static final Pattern LOADED =
      Pattern.compile("<(?:script|img|iframe|link)\\b[^>]*?(?:src|href)=\"?([^\"\\s>]+)\"?");

  @TempDir static Path site;
  private static PythonEnvironment python;
  private static Map<String, String> pages;

  @BeforeAll
  static void build() throws Exception {
    python = PythonEnvironment.ofLock(Document.ROOT.resolve("docs/requirements.txt"), "documents");
    int status =
        Programs.run(
            Document.ROOT,
            // Material tells of its own successor on each run.
            Map.of("NO_MKDOCS_2_WARNING", "1", "PYTHONDONTWRITEBYTECODE", "1"),
            List.of(
                python.program("mkdocs").toString(),
                "build",
                "--strict",
                "--site-dir",
                site.toString()));
    assertThat(status).as("mkdocs build --strict; what it says is above").isZero();
    pages = new HashMap<>();
    try (Stream<Path> files = Files.walk(site)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".html")).toList()) {
        pages.put(site.relativize(file).toString(), Files.readString(file));
      }
    }
  }

  @Test
  void everyDocumentThatTheNavigationNamesIsAPage() {
    assertThat(pages.keySet())
        .contains(
            "index.html",
            "errors/index.html",
            "configuration/index.html",
            "gateway/index.html",
            "clients/python/index.html",
            "builtin-plugins/index.html",
            "changelog/index.html");
  }

  @Test
  void everyErrorHasAnAddress() {
    Set<String> ids = ids("errors/index.html");

    assertThat(ids)
        .containsAll(
            Arrays.stream(ErrorCode.values())
                .map(code -> code.name().toLowerCase(java.util.Locale.ROOT))
                .toList());
  }

  @Test
  void linksLeadToPagesAndPlacesInThem() {
    List<String> broken = new ArrayList<>();
    pages.forEach(
        (page, text) ->
            LINK.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(link -> !isElsewhere(link))
                .filter(link -> !page.equals("404.html")) // it is shown at any address
                .filter(link -> !leadsSomewhere(page, link))
                .forEach(link -> broken.add(page + ": " + link)));

    assertThat(broken).isEmpty();
  }

  private static boolean isElsewhere(String link) {
    return link.matches("[a-z]+:.*");
  }

  private static boolean leadsSomewhere(String page, String link) {
    String[] parts = link.split("#", 2);
    Path from = site.resolve(page);
    Path to =
        parts[0].isEmpty()
            ? from
            : from.resolveSibling(URLDecoder.decode(parts[0], StandardCharsets.UTF_8)).normalize();
    Path file = Files.isDirectory(to) ? to.resolve("index.html") : to;
    if (!Files.exists(file)) {
      return false;
    }
    String anchor = parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
    return anchor.isEmpty() || ids(site.relativize(file).toString()).contains(anchor);
  }

  private static Set<String> ids(String page) {
    return ID.matcher(pages.getOrDefault(page, ""))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void nothingIsLoadedFromOtherHosts() {
    pages.forEach(
        (page, text) ->
            assertThat(LOADED.matcher(text).results().map(found -> found.group(1)))
                .as(page)
                .isNotEmpty()
                .allMatch(address -> !isElsewhere(address) && !address.startsWith("//")));
  }

  @Test
  void pythonCompiles(@TempDir Path folder) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(python.program("python").toString(), "-m", "py_compile"));
    for (Document document : Document.all()) {
      for (Document.Block block : document.in("python").toList()) {
        String name =
            document.file().toString().replaceAll("\\W", "_") + "_" + block.line() + ".py";
        String code = block.code().replaceAll("(?m)^%", "# "); // what notebooks alone understand
        command.add(Files.writeString(folder.resolve(name), code).toString());
      }
    }

    assertThat(command).hasSizeGreaterThan(20);
    assertThat(Programs.run(folder, Map.of(), command)).isZero();
  }
}
