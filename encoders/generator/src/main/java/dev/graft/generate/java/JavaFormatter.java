package dev.graft.generate.java;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.internal.InternalFutureFailureAccess;
import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * google-java-format. It works with the compiler's parser, whose packages Java opens only to a JVM
 * that was started so: in any other, it runs in a JVM of its own, which takes about a second.
 */
final class JavaFormatter {
  private static final String COMPILER = "jdk.compiler";
  private static final List<String> PACKAGES =
      List.of("api", "code", "file", "parser", "tree", "util");

  private JavaFormatter() {}

  static List<String> format(List<String> sources) {
    return isOpen() ? here(sources) : apart(sources);
  }

  /** Whether this JVM lets the formatter at the compiler. */
  static boolean isOpen() {
    Module formatter = Formatter.class.getModule();
    return ModuleLayer.boot()
        .findModule(COMPILER)
        .map(
            compiler ->
                PACKAGES.stream().allMatch(name -> compiler.isExported(packageOf(name), formatter)))
        .orElse(false);
  }

  private static String packageOf(String name) {
    return "com.sun.tools.javac." + name;
  }

  private static List<String> here(List<String> sources) {
    List<String> formatted = new ArrayList<>();
    for (String source : sources) {
      try {
        formatted.add(new Formatter().formatSourceAndFixImports(source));
      } catch (FormatterException e) {
        throw new IllegalStateException("Generated Java does not parse:\n" + source, e);
      }
    }
    return formatted;
  }

  /** Formats in another JVM. */
  static List<String> apart(List<String> sources) {
    try {
      Path folder = Files.createTempDirectory("graft-format-");
      List<Path> files = new ArrayList<>();
      try {
        for (String source : sources) {
          files.add(Files.writeString(folder.resolve("Source" + files.size() + ".java"), source));
        }
        run(files);
        List<String> formatted = new ArrayList<>();
        for (Path file : files) {
          formatted.add(Files.readString(file));
        }
        return formatted;
      } finally {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
        Files.delete(folder);
      }
    } catch (IOException | URISyntaxException e) {
      throw failed(e.toString(), e);
    }
  }

  private static void run(List<Path> files) throws IOException, URISyntaxException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    for (String name : PACKAGES) {
      command.add("--add-exports=" + COMPILER + "/" + packageOf(name) + "=ALL-UNNAMED");
    }
    Set<String> classPath = new LinkedHashSet<>();
    for (Class<?> type :
        List.of(Formatter.class, ImmutableList.class, InternalFutureFailureAccess.class)) {
      classPath.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath));
    command.add("com.google.googlejavaformat.java.Main");
    command.add("--skip-reflowing-long-strings"); // as the class Formatter does
    command.add("--replace");
    files.forEach(file -> command.add(file.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw failed(said.strip(), null);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw failed("it was interrupted", e);
    }
  }

  private static GenerationException failed(String why, @Nullable Throwable cause) {
    return new GenerationException(
        Code.GRAFT_OUTPUT_UNWRITABLE,
        "Generated Java cannot be formatted: "
            + why
            + ". Is this Java a JDK? A runtime alone has no compiler.",
        cause);
  }
}
