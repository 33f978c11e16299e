package dev.graft.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives that {@code ./graft dist} makes, as somebody has them who has nothing else. */
class DistributionIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Pattern OWN =
      Pattern.compile(
          "<groupId>dev\\.graft</groupId>\\s*<artifactId>([\\w-]+)</artifactId>(?!\\s*<version>[^<]*</version>\\s*<scope>(?:provided|test))");

  @TempDir private static Path folder;

  private static Shell shell;
  private static Path installed;

  @BeforeAll
  static void install() throws Exception {
    shell = new Shell(Files.createDirectories(folder.resolve("home")));
    assemble();
    shell.run(folder, Map.of(), "tar", "xzf", archive("tar.gz").toString());
    try (Stream<Path> found = Files.list(folder)) {
      installed =
          found
              .filter(file -> file.getFileName().toString().startsWith("graft-"))
              .findFirst()
              .get();
    }
  }

  private static void assemble() throws Exception {
    shell.run(TARGET, Map.of(), "python3", Shell.ROOT.resolve("dist/assemble").toString());
  }

  private static Path archive(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files
          .filter(file -> file.getFileName().toString().matches("graft-.*\\." + suffix))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void theCommandRunsFromWhereverItIsAndByALink() throws Exception {
    Path program = installed.resolve("bin/graft");
    Path link = Files.createSymbolicLink(shell.home().resolve("graft"), program);

    assertThat(shell.run(shell.home(), Map.of(), program.toString(), "--version"))
        .isEqualTo(shell.run(folder, Map.of(), link.toString(), "--version"))
        .startsWith("graft ");
    assertThat(shell.run(folder, Map.of(), link.toString(), "serve", "--help")).contains("--conf");
  }

  @Test
  void withoutAJavaThatDoesTheCommandSaysWhatToInstall() throws Exception {
    Path output = folder.resolve("old.txt");
    Path old = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(old, "#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n");
    assertThat(old.toFile().setExecutable(true)).isTrue();

    for (Map.Entry<String, String> home :
        Map.of(
                folder.resolve("jdk").toString(), "is Java 11. Install Java 17 or later",
                folder.resolve("none").toString(), "There is no Java at")
            .entrySet()) {
      Process program =
          shell.start(
              folder,
              Map.of("JAVA_HOME", home.getKey()),
              output,
              installed.resolve("bin/graft").toString(),
              "--version");
      assertThat(program.waitFor()).isEqualTo(1);
      assertThat(Files.readString(output)).startsWith("graft: ").contains(home.getValue());
    }
  }

  @Test
  void theSameBuildGivesTheSameBytes() throws Exception {
    String before = Files.readString(TARGET.resolve("SHA256SUMS"));
    assemble();
    assertThat(Files.readString(TARGET.resolve("SHA256SUMS"))).isEqualTo(before);
    assertThat(shell.run(TARGET, Map.of(), "sha256sum", "-c", "SHA256SUMS"))
        .contains(".tar.gz: OK", ".zip: OK");
  }

  @Test
  void aNewProjectFindsGraftInTheUsersMavenRepository() throws Exception {
    String said =
        shell.run(folder, Map.of(), installed.resolve("bin/graft").toString(), "new", "first-rows");

    Path repository = shell.home().resolve(".m2/repository");
    assertThat(said).contains("Put Graft ", repository.toString(), "mvn verify");
    assertThat(missingArtifacts(repository.resolve("dev/graft"))).isEmpty();
  }

  /** What the poms in a repository need of Graft and don't find there. */
  private static Set<String> missingArtifacts(Path repository) throws IOException {
    Set<String> missing = new TreeSet<>();
    try (Stream<Path> files = Files.walk(repository)) {
      List<Path> poms =
          files
              .filter(file -> file.toString().endsWith(".pom"))
              .filter(file -> !file.toString().contains("graft-bom"))
              .toList();
      assertThat(poms).hasSizeGreaterThan(10);
      for (Path pom : poms) {
        // Dependencies alone: the root's list of versions has modules that authors don't need.
        String text =
            Files.readString(pom)
                .replaceAll("(?s)<dependencyManagement>.*</dependencyManagement>", "");
        OWN.matcher(text)
            .results()
            .map(found -> found.group(1))
            .filter(artifact -> !Files.isDirectory(repository.resolve(artifact)))
            .forEach(missing::add);
      }
    }
    return missing;
  }

  @Test
  void everyLibraryIsListedWithItsLicenceAndTheTextIsThere() throws Exception {
    JsonArray components =
        JsonParser.parseString(Files.readString(installed.resolve("sbom.json")))
            .getAsJsonObject()
            .getAsJsonArray("components");
    Map<String, Set<String>> licences =
        StreamSupport.stream(components.spliterator(), false)
            .map(JsonElement::getAsJsonObject)
            .collect(
                Collectors.toMap(
                    library ->
                        library.get("name").getAsString()
                            + "-"
                            + library.get("version").getAsString(),
                    DistributionIT::licencesOf));

    try (Stream<Path> libraries = Files.list(installed.resolve("lib"))) {
      for (String library :
          libraries.map(jar -> jar.getFileName().toString().replaceFirst("\\.jar$", "")).toList()) {
        if (library.matches("(acme-.*|.*-SNAPSHOT|cli-.*)")) {
          continue; // Graft's own, and the example's
        }
        assertThat(licences).containsKey(library);
        boolean text =
            Files.isDirectory(installed.resolve("licenses").resolve(library))
                || Files.isRegularFile(
                    installed.resolve("licenses/" + library.replaceFirst("-[0-9].*", "") + ".txt"));
        assertThat(text || licences.getOrDefault(library, Set.of()).contains("Apache-2.0"))
            .as(library)
            .isTrue();
      }
    }
  }

  private static Set<String> licencesOf(JsonObject library) {
    JsonArray licences = library.getAsJsonArray("licenses");
    return licences == null
        ? Set.of()
        : StreamSupport.stream(licences.spliterator(), false)
            .map(entry -> entry.getAsJsonObject().getAsJsonObject("license"))
            .map(licence -> licence.has("id") ? licence.get("id") : licence.get("name"))
            .map(JsonElement::getAsString)
            .collect(Collectors.toSet());
  }

  @Test
  void shellsCompleteWhatTheCommandHas() throws Exception {
    String bash =
        shell.run(
            folder,
            Map.of(),
            "bash",
            "-c",
            "source '%s'; COMP_WORDS=(graft gate); COMP_CWORD=1; COMP_LINE='graft gate'; _complete_graft; echo \"${COMPREPLY[@]}\""
                .formatted(installed.resolve("completion/graft.bash")));
    assertThat(bash.strip()).isEqualTo("gateway");

    String fish = Files.readString(installed.resolve("completion/graft.fish"));
    assertThat(fish)
        .contains(
            "complete -c graft -n '__fish_use_subcommand' -a gateway -d ",
            "complete -c graft -n '__fish_seen_subcommand_from gateway' -l backend -x -d ")
        .doesNotContain("subcommand_from protoc-plugin", "-a protoc-plugin");
    assertThat(Arrays.stream(fish.split("\n", -1)).filter(line -> !line.isEmpty()))
        .allMatch(
            line ->
                line.chars().filter(letter -> letter == '\'').count() % 2 == 0
                    || line.contains("\\'"));
  }
}
