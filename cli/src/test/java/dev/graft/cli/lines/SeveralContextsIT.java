package dev.graft.cli.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.servers.ClassPathCache;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several Spark contexts in one JVM, one after the other: {@code SeveralContexts.java} is run. */
class SeveralContextsIT {
  private static final Path PROGRAM = Path.of("src/test/spark/SeveralContexts.java");

  @ParameterizedTest
  @EnumSource(names = {"SPARK_3_5", "SPARK_4_2"})
  void eachHasItsOwnPluginsAndTheEarlierOnesAreCollected(SparkLine line, @TempDir Path folder)
      throws Exception {
    Path frames = copy(ExampleServer.EXAMPLES.get(0), folder.resolve("frames"));
    Path natives = copy(ExampleServer.EXAMPLES.get(3), folder.resolve("natives"));

    List<String> printed =
        run(line, folder, frames.toString(), natives.toString(), frames.toString());

    List<String> loaded = printed.stream().filter(text -> text.startsWith("loaded ")).toList();
    assertThat(loaded).hasSize(3);
    assertThat(loaded.get(0)).contains("0 refused", "acme.frames.v1.TopK");
    assertThat(loaded.get(1)).contains("0 refused", "Numbered").doesNotContain("acme.frames");
    assertThat(loaded.get(2)).contains("0 refused", "acme.frames.v1.TopK");
    // The last one may still be on its way out of the context that has just stopped.
    assertThat(printed).containsAnyOf("hosts in memory 0", "hosts in memory 1");
  }

  private static Path copy(Path jar, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.copy(jar, folder.resolve(jar.getFileName()));
    return folder;
  }

  private static List<String> run(SparkLine line, Path folder, String... arguments)
      throws Exception {
    SparkRuntime runtime = SparkRuntime.ofLine(line, ClassPathCache.ofUser(), System.out::println);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Stream.of("lang", "lang.invoke", "lang.reflect", "io", "net", "nio", "util", "util.concurrent")
        .forEach(name -> command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED"));
    command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-cp");
    command.add(
        Stream.concat(
                Stream.of(Path.of("target/graft/spark/graft-spark.jar").toAbsolutePath()),
                runtime.classPath().stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(PROGRAM.toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    Path log = folder.resolve("contexts.log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor()).as(() -> read(log)).isZero();
    } finally {
      process.destroyForcibly();
    }
    return read(log).lines().toList();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return String.valueOf(e);
    }
  }
}
