package dev.graft.generate.source;

import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compiles {@code .proto} files of a disk. */
final class ProtoFiles {
  private static final Pattern PACKAGE =
      Pattern.compile("(?m)^\\s*package\\s+([A-Za-z_][A-Za-z0-9_.]*)\\s*;");

  private final List<Path> importPaths;
  private final Supplier<Protoc> protoc;

  ProtoFiles(List<Path> importPaths, Supplier<Protoc> protoc) {
    this.importPaths = importPaths.stream().map(ProtoFiles::real).toList();
    this.protoc = protoc;
  }

  SourceFiles read(List<Path> files) {
    Set<Path> folders = new LinkedHashSet<>(importPaths);
    List<Path> absolute = files.stream().map(ProtoFiles::real).toList();
    absolute.forEach(file -> folders.add(root(file)));
    List<String> names = absolute.stream().map(file -> name(file, folders)).toList();
    try (ImportFolder given = new ImportFolder().withGiven()) {
      List<Path> paths = new ArrayList<>(folders);
      paths.add(given.path());
      byte[] set = protoc.get().compile(paths, names);
      return new SourceFiles(Sources.parse(set, "What protoc wrote"), names, Map.of());
    } catch (IOException e) {
      throw new GenerationException(
          Code.GRAFT_PROTO_INVALID,
          "Spark's .proto files cannot be unpacked: " + e.getMessage(),
          e);
    }
  }

  /**
   * The folder below which a file lies: one of the import paths, or the folder above those that its
   * package names, or its own.
   */
  private Path root(Path file) {
    for (Path path : importPaths) {
      if (file.startsWith(path)) {
        return path;
      }
    }
    Path folder = file.resolveSibling("");
    try {
      Matcher statement = PACKAGE.matcher(Files.readString(file));
      if (statement.find()) {
        Path packaged = Path.of(statement.group(1).replace('.', '/'));
        if (folder.endsWith(packaged)) {
          return folder.resolve("../".repeat(packaged.getNameCount())).normalize();
        }
      }
    } catch (IOException e) {
      // Not a text: protoc will say so in its own words.
    }
    return folder;
  }

  private static String name(Path file, Set<Path> folders) {
    for (Path folder : folders) {
      if (file.startsWith(folder)) {
        return folder.relativize(file).toString().replace('\\', '/');
      }
    }
    throw new IllegalStateException(file + " is below none of " + folders);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new GenerationException(
          Code.GRAFT_SOURCE_UNREADABLE, path + " cannot be read: there is no such file.", e);
    }
  }
}
