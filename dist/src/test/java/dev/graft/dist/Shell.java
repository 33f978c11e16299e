package dev.graft.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A user's shell on a new machine: an empty home, and on the {@code PATH} Java, Python and what
 * every system has.
 */
record Shell(Path home) {
  /** The folder of the checkout. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** What a program prints, which must end well. */
  String run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(home, "output", ".txt");
    int status = start(folder, environment, output, command).waitFor();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(status).as("%s%n%s", List.of(command), text).isZero();
    return text;
  }

  /** Starts a program, whose output goes into a file. */
  Process start(Path folder, Map<String, String> environment, Path output, String... command)
      throws IOException {
    ProcessBuilder program =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    String path = System.getenv("PATH");
    program.environment().clear();
    program.environment().put("HOME", home.toString());
    program.environment().put("PATH", path);
    program.environment().put("LANG", "C.UTF-8");
    // Java has the home of the user's entry, whatever HOME says.
    program.environment().put("GRAFT_JAVA_OPTS", "-Duser.home=" + home);
    program.environment().put("JAVA_HOME", System.getProperty("java.home"));
    program.environment().putAll(environment);
    return program.start();
  }
}
