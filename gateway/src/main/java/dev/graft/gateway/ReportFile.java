package dev.graft.gateway;

import dev.graft.registry.Snapshot;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that {@code graft.report.path} names. */
final class ReportFile {
  private ReportFile() {}

  /**
   * Writes the load report, if there is to be a file of it.
   *
   * @param text the report
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if the file cannot be written
   */
  static void write(Snapshot snapshot, String text) {
    snapshot.configuration().reportPath().ifPresent(file -> write(text, file));
  }

  private static void write(String text, Path file) {
    try {
      Files.writeString(file, text + "\n");
    } catch (IOException e) {
      throw new GraftException(
          ErrorCode.GRAFT_CONFIGURATION_INVALID,
          "The load report cannot be written to "
              + file
              + ": "
              + e
              + ". Let graft.report.path name a file in a folder that is there and that the gateway may write to.",
          e);
    }
  }
}
