package dev.graft.cli.documents;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A document of this repository, in Markdown.
 *
 * @param file from the root of the repository
 * @param prose what stands outside of code blocks
 * @param blocks the code blocks
 */
public record Document(Path file, String prose, List<Block> blocks) {
  /** The root of the repository. */
  public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Folders in which other people's documents lie, or drafts that are filled in later. */
  private static final Set<String> NOT_OURS =
      Set.of("target", "node_modules", "src", ".git", ".venv");

  private static final Pattern FENCE = Pattern.compile("\\s*```(\\w*)\\s*");
  private static final Pattern SPAN = Pattern.compile("(?<!`)`([^`\n]+)`(?!`)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

  /**
   * Code between fences, or indented.
   *
   * @param language what the fence says; empty where there is none
   * @param line where it begins, from 1
   */
  public record Block(String language, int line, String code) {}

  /** All of them. */
  public static List<Document> all() throws IOException {
    List<Document> all = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (file.toString().endsWith(".md")) {
              all.add(read(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return List.copyOf(all);
  }

  /** Reads one. */
  static Document read(Path file) throws IOException {
    StringBuilder prose = new StringBuilder();
    List<Block> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    boolean afterBlank = true;
    for (int at = 0; at < lines.size(); ) {
      Matcher fence = FENCE.matcher(lines.get(at));
      int end = at;
      if (fence.matches()) {
        do {
          end++;
        } while (end < lines.size() && !lines.get(end).strip().equals("```"));
        blocks.add(new Block(fence.group(1), at + 2, joined(lines.subList(at + 1, end))));
        end++;
      } else if (afterBlank && lines.get(at).startsWith("    ")) {
        while (end < lines.size() && lines.get(end).startsWith("    ")) {
          end++;
        }
        blocks.add(new Block("", at + 1, joined(lines.subList(at, end)).stripIndent()));
      } else {
        prose.append(lines.get(at)).append('\n');
        end++;
      }
      afterBlank = end > 0 && lines.get(end - 1).isBlank();
      at = end;
    }
    return new Document(ROOT.relativize(file), prose.toString(), List.copyOf(blocks));
  }

  private static String joined(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  /** What stands between backticks in the prose. */
  public Stream<String> spans() {
    return SPAN.matcher(prose).results().map(found -> found.group(1));
  }

  /** The blocks in a language. */
  public Stream<Block> in(String language) {
    return blocks.stream().filter(block -> block.language().equals(language));
  }

  /** What links may name behind a hash, as sites of repositories make it of headings. */
  Set<String> anchors() {
    return HEADING
        .matcher(prose)
        .results()
        .map((MatchResult heading) -> anchor(heading.group(1)))
        .collect(Collectors.toSet());
  }

  private static String anchor(String heading) {
    return heading
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
        .replace(' ', '-');
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
