package dev.graft.generate;

import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where generated files are written. */
public final class OutputFolder {
  private final Path folder;

  /** A folder, which is made when it is needed. */
  public OutputFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes files over those that were there; one that would stay the same is left alone, so that
   * builds see no change.
   *
   * @return where they are, in the same order
   * @throws GenerationException with {@link Code#GRAFT_OUTPUT_UNWRITABLE}
   */
  public List<Path> write(List<GeneratedFile> files) {
    return files.stream().map(this::write).toList();
  }

  private Path write(GeneratedFile file) {
    Path path = folder.resolve(file.path());
    try {
      if (!Files.isRegularFile(path) || !Files.readString(path).equals(file.text())) {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.writeString(path, file.text());
      }
      return path;
    } catch (IOException e) {
      throw new GenerationException(
          Code.GRAFT_OUTPUT_UNWRITABLE,
          path + " cannot be written: " + e.getMessage() + ". Name another folder with --out.",
          e);
    }
  }
}
