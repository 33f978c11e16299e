package dev.graft.generate.source;

import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gets protoc, in the version that the project itself is built with, from Maven Central. It is the
 * compiler that defines what custom options and comments mean; no parser in Java that was looked at
 * keeps both exactly. Needs {@code mvn} on the path the first time, and nothing after that.
 */
final class ProtocFinder {
  /**
   * What Maven's start script leaves for itself in the environment; it is of another project where
   * Graft was started by Maven.
   */
  private static final List<String> OTHER_PROJECT =
      List.of("MAVEN_PROJECTBASEDIR", "MAVEN_CMD_LINE_ARGS", "MAVEN_BASEDIR");

  private final Path cache;
  private final Properties versions = versions();

  /** Finds protoc in a folder, which is made when it is needed. */
  ProtocFinder(Path cache) {
    this.cache = cache;
  }

  /** With the user's cache: {@code $XDG_CACHE_HOME/graft}, or {@code ~/.cache/graft}. */
  static ProtocFinder ofUser() {
    String configured = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    // By the XDG specification a relative path is to be ignored.
    boolean usable = !configured.isEmpty() && Path.of(configured).isAbsolute();
    Path folder = usable ? Path.of(configured) : Path.of(System.getProperty("user.home"), ".cache");
    return new ProtocFinder(folder.resolve("graft"));
  }

  /**
   * The compiler.
   *
   * @throws GenerationException with {@link Code#GRAFT_PROTOC_MISSING} if it cannot be had
   */
  Protoc find() {
    String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    String version = versions.getProperty("protoc");
    Path program = cache.resolve("protoc-" + version + "-" + platform + ".exe");
    if (!Files.isExecutable(program)) {
      download(version, platform, program);
    }
    return new Protoc(program.toString());
  }

  /** The platform's name in the artifacts of protoc. */
  static String platform(String system, String processor) {
    String name = system.toLowerCase(Locale.ROOT);
    String os =
        name.startsWith("linux")
            ? "linux"
            : name.startsWith("mac") ? "osx" : name.startsWith("windows") ? "windows" : "";
    String architecture =
        switch (processor.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64", "x64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch_64";
          case "ppc64le" -> "ppcle_64";
          case "s390x" -> "s390_64";
          default -> "";
        };
    if (os.isEmpty() || architecture.isEmpty()) {
      throw missing(
          "There is none in Maven Central for " + system + " on " + processor + ".", null);
    }
    return os + "-" + architecture;
  }

  private void download(String version, String platform, Path program) {
    try {
      Files.createDirectories(cache);
      Path folder = Files.createTempDirectory(cache, "protoc-");
      try {
        maven("com.google.protobuf:protoc:" + version + ":exe:" + platform, folder);
        Path downloaded = only(folder);
        if (!downloaded.toFile().setExecutable(true, true)) {
          throw missing(downloaded + " cannot be made executable.", null);
        }
        Files.move(downloaded, program, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        try (Stream<Path> left = Files.list(folder)) {
          for (Path each : left.toList()) {
            Files.delete(each);
          }
        }
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw missing("Is Maven installed, and mvn on the PATH? (" + e.getMessage() + ")", e);
    }
  }

  private void maven(String artifact, Path folder) throws IOException {
    String plugin =
        "org.apache.maven.plugins:maven-dependency-plugin:"
            + versions.getProperty("dependency.plugin")
            + ":copy";
    ProcessBuilder maven =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-q",
                plugin,
                "-Dartifact=" + artifact,
                "-DoutputDirectory=" + folder.toAbsolutePath(),
                "-Dmdep.useBaseVersion=true")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    String repository = System.getProperty("maven.repo.local");
    if (repository != null) {
      maven.command().add("-Dmaven.repo.local=" + repository);
    }
    maven.environment().keySet().removeAll(OTHER_PROJECT);
    Process process = maven.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw missing(
            "Maven ended with status "
                + status
                + said.lines()
                    .filter(line -> line.contains("ERROR"))
                    .findFirst()
                    .map(line -> ": " + line)
                    .orElse("")
                + ".",
            null);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw missing("It was interrupted.", e);
    }
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findFirst().orElseThrow(() -> missing("Maven copied no file.", null));
    }
  }

  private static GenerationException missing(String why, @Nullable Throwable cause) {
    return new GenerationException(
        Code.GRAFT_PROTOC_MISSING,
        "protoc cannot be had from Maven Central. "
            + why
            + " Name one that is installed with --protoc FILE.",
        cause);
  }

  private static Properties versions() {
    try (InputStream in = ProtocFinder.class.getResourceAsStream("versions.properties")) {
      Properties versions = new Properties();
      versions.load(in);
      return versions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
