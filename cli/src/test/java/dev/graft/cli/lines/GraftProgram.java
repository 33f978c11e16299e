package dev.graft.cli.lines;

import java.nio.file.Path;
import java.util.List;

/** The command as the script starts it, from what the build put together. */
public final class GraftProgram {
  static final Path HOME = Path.of("target/graft").toAbsolutePath();

  private GraftProgram() {}

  /** The program and what stands before its arguments. */
  public static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Dgraft.home=" + HOME,
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "-cp",
        HOME.resolve("lib") + "/*",
        "dev.graft.cli.GraftCommand");
  }
}
