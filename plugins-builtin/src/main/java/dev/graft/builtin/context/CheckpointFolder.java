package dev.graft.builtin.context;

import dev.graft.builtin.folder.OpenFolders;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.SparkContextSettings;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;

/** Where checkpoints go, if a client says so: in folders that the operator has opened for that. */
final class CheckpointFolder {
  private static final String ROOTS = "context.checkpoint-roots";

  private CheckpointFolder() {}

  static Optional<String> of(
      SparkContextSettings settings,
      OptionCheck check,
      Map<String, String> plugin,
      SparkContext spark)
      throws IOException {
    String folder = settings.getCheckpointFolder();
    return folder.isEmpty()
        ? Optional.empty()
        : Optional.of(
            OpenFolders.of(plugin, ROOTS, "", spark.hadoopConfiguration())
                .toWrite(check, "checkpoint_folder", folder)
                .path()
                .toString());
  }
}
