package dev.graft.generate;

import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes the script that protoc takes for a plugin: it starts this Java with this class path, so
 * that it works wherever Graft was started from.
 */
public final class ProtocWrapper {
  private static final String MAIN = "dev.graft.cli.GraftCommand";

  private ProtocWrapper() {}

  /**
   * Writes the script: for the Windows command interpreter on Windows, for a shell elsewhere.
   *
   * @throws GenerationException with {@link Code#GRAFT_OUTPUT_UNWRITABLE}
   */
  public static void write(Path file) {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    String command = String.join(" ", command(windows));
    String text =
        windows
            ? "@echo off\r\n" + command + " protoc-plugin\r\n"
            : "#!/bin/sh\nexec " + command + " protoc-plugin\n";
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
      if (!file.toFile().setExecutable(true, false)) {
        throw new IOException("it cannot be made executable");
      }
    } catch (IOException e) {
      throw new GenerationException(
          Code.GRAFT_OUTPUT_UNWRITABLE, file + " cannot be written: " + e.getMessage() + ".", e);
    }
  }

  private static List<String> command(boolean windows) {
    List<String> command = new ArrayList<>();
    command.add(
        quoted(Path.of(System.getProperty("java.home"), "bin", "java").toString(), windows));
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(quoted(System.getProperty("java.class.path"), windows));
    command.add(MAIN);
    return command;
  }

  private static String quoted(String text, boolean windows) {
    return windows ? "\"" + text + "\"" : "'" + text.replace("'", "'\\''") + "'";
  }
}
