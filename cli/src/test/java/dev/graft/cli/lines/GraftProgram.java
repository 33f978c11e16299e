package dev.graft.cli.lines;

import java.nio.file.Path;
import java.util.List;

/** The command as it is installed, from what the build put together. */
public final class GraftProgram {
  static final Path HOME = Path.of("target/graft").toAbsolutePath();

  private GraftProgram() {}

  /** The program and what stands before its arguments. */
  public static List<String> command() {
    return List.of(HOME.resolve("bin/graft").toString());
  }
}
