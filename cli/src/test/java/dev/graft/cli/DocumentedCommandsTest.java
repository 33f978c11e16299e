package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.graft.cli.documents.Document;
import dev.graft.generate.Emitters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** What the documents have people type is understood. Nothing of it is run here. */
class DocumentedCommandsTest {
  /** What is typed before the arguments: variables, and the script by its path. */
  private static final Pattern GRAFT =
      Pattern.compile(
          "(?:\\w+=(?:\"[^\"]*\"|\\S+) )*(?:\\./|\\$GRAFT/|bin/)?graft (?<arguments>[a-z-].*)");

  private static final Set<String> SHELL = Set.of("", "sh");

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  @TestFactory
  Stream<DynamicTest> isUnderstood() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Document document : Document.all()) {
      document.blocks().stream()
          .filter(block -> SHELL.contains(block.language()))
          .flatMap(block -> block.code().lines())
          .forEach(line -> add(tests, document, line.replaceFirst("\\s+# .*", ""), false));
      // In prose a command may stand for what one does with it.
      document.spans().forEach(span -> add(tests, document, span, true));
    }
    assertThat(tests).hasSizeGreaterThan(50);
    return tests.stream();
  }

  private static void add(
      List<DynamicTest> tests, Document document, String line, boolean isShort) {
    Matcher typed = GRAFT.matcher(line.strip());
    if (typed.matches()) {
      String arguments = typed.group("arguments");
      tests.add(
          DynamicTest.dynamicTest(
              document + ": " + line.strip(),
              () -> checkEach(words(arguments), isShort || arguments.contains("…"))));
    }
  }

  private static List<String> words(String arguments) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(arguments.replaceAll("[\\[\\]]", ""));
    while (word.find()) {
      String text = word.group(3) == null ? word.group().replaceAll("^.|.$", "") : word.group(3);
      if (text.equals("&&") || text.equals("|")) {
        break;
      }
      if (!text.equals("…")) {
        words.add(text);
      }
    }
    return words;
  }

  /** Of options with bars between them each is a command of its own. */
  private static void checkEach(List<String> words, boolean mayLackSome) throws IOException {
    for (int place = 0; place < words.size(); place++) {
      if (words.get(place).matches("-\\S+\\|-\\S+")) {
        for (String option : words.get(place).split("\\|", -1)) {
          List<String> chosen = new ArrayList<>(words);
          chosen.set(place, option);
          checkEach(chosen, mayLackSome);
        }
        return;
      }
    }
    check(words, mayLackSome);
  }

  private static void check(List<String> words, boolean mayLackSome) throws IOException {
    List<String> arguments = new ArrayList<>(words);
    if (words.get(0).equals("test")) {
      arguments.removeIf(word -> word.matches("-D.*|-pl.*|-am")); // go to Maven as they are
      int only = words.indexOf("--only");
      if (only > 0 && only + 1 < words.size() && !words.get(only + 1).equals("CLASS")) {
        assertThat(isTestClass(words.get(only + 1))).as("a test %s", words.get(only + 1)).isTrue();
      }
    }
    int language = words.indexOf("--lang");
    if (language > 0) {
      assertThat(Emitters.languages()).containsAll(List.of(words.get(language + 1).split("\\|")));
    }
    arguments.replaceAll(word -> word.equals("N") ? "1" : word);
    try {
      CommandLine.ParseResult result =
          GraftCommand.commandLine().parseArgs(arguments.toArray(String[]::new));
      assertThat(
              result.subcommand() != null
                  || result.isUsageHelpRequested()
                  || result.isVersionHelpRequested())
          .as("a command in %s", arguments)
          .isTrue();
    } catch (MissingParameterException e) {
      if (!mayLackSome) {
        fail(e.getMessage(), e);
      }
    } catch (ParameterException e) {
      fail(e.getMessage(), e);
    }
  }

  private static boolean isTestClass(String name) throws IOException {
    List<Path> roots;
    try (Stream<Path> folders =
        Files.find(Document.ROOT, 5, (folder, is) -> folder.endsWith("src/test/java"))) {
      roots = folders.toList();
    }
    for (Path root : roots) {
      try (Stream<Path> files = Files.walk(root)) {
        if (files.anyMatch(file -> file.endsWith(name + ".java"))) {
          return true;
        }
      }
    }
    return false;
  }
}
