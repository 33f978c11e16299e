package dev.graft.cli.encoders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.lines.GraftProgram;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** What {@code graft generate} makes of plugin jars, and programs that use it. */
public final class GeneratedClients {
  private static final Path PROGRAMS = Path.of("src/test/encoders/java");

  private GeneratedClients() {}

  /** Writes the clients of the example jars. */
  static void generate(String language, Path folder) throws Exception {
    generate(language, folder, KitServers.EXAMPLES);
  }

  /** Writes the clients of one language into a folder, by the command as users start it. */
  public static void generate(String language, Path folder, List<Path> jars) throws Exception {
    List<String> command = new ArrayList<>(GraftProgram.command());
    command.addAll(List.of("generate", "--lang", language, "--out", folder.toString()));
    jars.forEach(jar -> command.add(jar.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  /**
   * Compiles generated sources together with a program that uses them.
   *
   * @param program a file, among those of the tests unless it is absolute
   * @return {@code classes}
   */
  public static Path compile(String program, Path sources, String classPath, Path classes) {
    StringWriter said = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> generated = Files.walk(sources)) {
      Files.createDirectories(classes);
      List<Path> units = new ArrayList<>(generated.filter(Files::isRegularFile).toList());
      units.add(PROGRAMS.resolve(program));
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-proc:none", "-cp", classPath, "-d", classes.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(units))
              .call();
      assertThat(compiled).as(said.toString()).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return classes;
  }

  /** The class path of this test: the encoder with its libraries, and more. */
  static String ownClassPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
        .replace("\n", File.pathSeparator);
  }
}
