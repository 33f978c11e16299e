package dev.graft.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the cache remembers, and when it does not trust itself. */
class ClassPathCacheTest {
  private static final SparkLine LINE = SparkLine.SPARK_4_2;

  @TempDir private Path folder;
  private ClassPathCache cache;
  private List<Path> jars;

  @BeforeEach
  void writeTwoJars() throws IOException {
    cache = new ClassPathCache(folder.resolve("cache"));
    jars =
        List.of(
            Files.createFile(folder.resolve("b.jar")), Files.createFile(folder.resolve("a.jar")));
    cache.write(LINE, jars);
  }

  @Test
  void remembersJarsInTheirOrder() {
    assertThat(cache.read(LINE)).contains(jars);
  }

  @Test
  void answersWithoutMavenWhileAllJarsAreThere() {
    SparkRuntime runtime =
        SparkRuntime.ofLine(
            LINE,
            cache,
            status -> {
              throw new AssertionError("Maven was asked: " + status);
            });
    assertThat(runtime.classPath()).isEqualTo(jars);
    assertThat(runtime.version()).isEqualTo(LINE.version());
  }

  @Test
  void knowsNothingWhenAJarIsGone() throws IOException {
    Files.delete(jars.get(1));
    assertThat(cache.read(LINE)).isEmpty();
  }

  @Test
  void knowsNothingOfAnotherLine() {
    assertThat(cache.read(SparkLine.SPARK_3_5)).isEmpty();
  }

  @Test
  void knowsNothingWhenItsFileIsDamaged() throws IOException {
    try (var files = Files.list(folder.resolve("cache"))) {
      Files.write(files.findFirst().orElseThrow(), new byte[] {0, (byte) 0xff, '\n'});
    }
    assertThat(cache.read(LINE)).isEmpty();
  }

  @Test
  void knowsNothingOfWhatWasFoundWhenLessWasAskedFor() throws IOException {
    Path file;
    try (var files = Files.list(folder.resolve("cache"))) {
      file = files.findFirst().orElseThrow();
    }
    String before = "spark-" + LINE.version() + "_" + LINE.scala() + ".classpath";

    Files.move(file, file.resolveSibling(before));

    assertThat(cache.read(LINE)).isEmpty();
  }

  @Test
  void isAskedForByManyAndFoundByOne() {
    SparkLine unknown = SparkLine.SPARK_3_5;
    AtomicInteger found = new AtomicInteger();
    Supplier<List<Path>> find =
        () -> {
          found.incrementAndGet();
          return jars;
        };
    List<CompletableFuture<List<Path>>> asking =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> cache.get(unknown, find)))
            .limit(8)
            .toList();

    assertThat(asking).allSatisfy(asked -> assertThat(asked.join()).isEqualTo(jars));
    assertThat(found).hasValue(1);
  }

  @Test
  void isWhereTheUserKeepsCaches() {
    assertThat(folderOf(Map.of())).isEqualTo("/home/ann/.cache/graft");
    assertThat(folderOf(Map.of("XDG_CACHE_HOME", "/var/cache/ann")))
        .isEqualTo("/var/cache/ann/graft");
    assertThat(folderOf(Map.of("XDG_CACHE_HOME", "relative"))).isEqualTo("/home/ann/.cache/graft");
  }

  private static String folderOf(Map<String, String> environment) {
    return ClassPathCache.of(environment, Path.of("/home/ann")).folder().toString();
  }
}
