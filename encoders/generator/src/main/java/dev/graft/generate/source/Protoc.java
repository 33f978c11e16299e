package dev.graft.generate.source;

import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The protobuf compiler, as a program. Safe for use by several threads.
 *
 * @param program an executable file, or a name on the path
 */
record Protoc(String program) {
  private static final int SHOWN_LINES = 5;

  /**
   * Compiles files with comments and imports.
   *
   * @param importPaths folders, the first in which a file is found counts
   * @param files by the names that they have below the import paths
   * @return a serialised descriptor set
   * @throws GenerationException with {@link Code#GRAFT_PROTO_INVALID} if protoc refuses them; the
   *     text is protoc's own
   */
  byte[] compile(List<Path> importPaths, List<String> files) {
    try {
      Path folder = Files.createTempDirectory("graft-protoc-");
      Path result = folder.resolve("descriptors.binpb");
      try {
        List<String> command = new ArrayList<>();
        command.add(program);
        importPaths.forEach(path -> command.add("--proto_path=" + path));
        command.add("--include_imports");
        command.add("--include_source_info");
        command.add("--descriptor_set_out=" + result);
        command.addAll(files);
        run(command);
        return Files.readAllBytes(result);
      } finally {
        Files.deleteIfExists(result);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new GenerationException(
          Code.GRAFT_PROTOC_MISSING,
          program + " cannot be run: " + e.getMessage() + ". Name one that can with --protoc FILE.",
          e);
    }
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new GenerationException(
            Code.GRAFT_PROTO_INVALID, "protoc refuses the source: " + shortened(said));
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new GenerationException(Code.GRAFT_PROTO_INVALID, "protoc was interrupted.", e);
    }
  }

  /** One missing import makes hundreds of errors; the first lines tell of it. */
  private static String shortened(String said) {
    List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
    String first = String.join("\n", lines.subList(0, Math.min(SHOWN_LINES, lines.size())));
    int more = lines.size() - SHOWN_LINES;
    return more > 0 ? first + "\n(and " + more + " lines more)" : first;
  }
}
