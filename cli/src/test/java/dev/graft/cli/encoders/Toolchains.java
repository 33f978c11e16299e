package dev.graft.cli.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.programs.OneAtATime;
import dev.graft.cli.programs.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The tools of the encoders' languages, and what they have built for one another. */
public final class Toolchains {
  private static final Path ENCODERS = Path.of("../encoders").toAbsolutePath().normalize();
  static final Path GO = ENCODERS.resolve("go");
  static final Path TYPESCRIPT = ENCODERS.resolve("typescript");
  static final Path RUST = ENCODERS.resolve("rust");
  static final Path PYTHON = ENCODERS.resolve("python");

  /** What all crates need is compiled once. */
  public static final Map<String, String> RUST_TARGET =
      Map.of("CARGO_TARGET_DIR", RUST.resolve("target").toString());

  private Toolchains() {}

  public static void requireRust() throws Exception {
    if (Programs.run(RUST, Map.of(), List.of("cargo", "--version")) != 0) {
      Programs.missing("Cargo is not on the PATH");
    }
  }

  public static void requireGo() throws Exception {
    if (Programs.run(GO, Map.of(), List.of("go", "version")) != 0) {
      Programs.missing("Go is not on the PATH");
    }
  }

  /** The package that generated TypeScript imports. */
  static void buildTypeScript() throws Exception {
    OneAtATime.make(
        "typescript",
        () -> {
          buildTypeScriptAlone();
          return TYPESCRIPT;
        });
  }

  /** What the package's own scripts need. */
  public static void installTypeScript() throws Exception {
    OneAtATime.make(
        "typescript",
        () -> {
          installTypeScriptAlone();
          return TYPESCRIPT;
        });
  }

  private static void buildTypeScriptAlone() throws Exception {
    installTypeScriptAlone();
    assertRuns(TYPESCRIPT, "npm", "run", "--silent", "build");
  }

  private static void installTypeScriptAlone() throws Exception {
    if (Programs.run(TYPESCRIPT, Map.of(), List.of("npm", "--version")) != 0) {
      Programs.missing("Node.js with npm is not on the PATH");
    }
    Path installed = TYPESCRIPT.resolve("node_modules/.package-lock.json");
    if (!Files.exists(installed)) {
      assertRuns(TYPESCRIPT, "npm", "ci", "--silent", "--no-audit", "--no-fund");
    }
  }

  static void assertRuns(Path folder, String... command) throws Exception {
    assertRuns(folder, command[0].equals("cargo") ? RUST_TARGET : Map.of(), List.of(command));
  }

  static void assertRuns(Path folder, Map<String, String> variables, List<String> command)
      throws Exception {
    assertThat(Programs.run(folder, variables, command))
        .as(String.join(" ", command) + ", whose output is above")
        .isZero();
  }
}
