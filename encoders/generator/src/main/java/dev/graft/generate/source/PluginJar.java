package dev.graft.generate.source;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import dev.graft.generate.model.OperationKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Reads a plugin's jar: the descriptor set that its build put into it, or else its {@code .proto}
 * files, or else the descriptors in its generated classes, which have no comments.
 */
final class PluginJar {
  /** Where a build puts the descriptor set. */
  static final String DESCRIPTORS = "META-INF/graft/descriptors.binpb";

  private static final int MOST_BYTES = 64 << 20;

  private final Path path;
  private final Supplier<Protoc> protoc;

  PluginJar(Path path, Supplier<Protoc> protoc) {
    this.path = path;
    this.protoc = protoc;
  }

  SourceFiles read() throws IOException {
    try (JarFile jar = new JarFile(path.toFile());
        JarClasses classes = new JarClasses(path)) {
      Map<String, Set<OperationKind>> kinds = new PluginKinds(jar, classes).read();
      ZipEntry set = jar.getEntry(DESCRIPTORS);
      List<FileDescriptorProto> files;
      if (set != null) {
        files = Sources.parse(bytes(jar, set), path + "!/" + DESCRIPTORS);
      } else {
        files = compiled(jar);
        if (files.isEmpty()) {
          files = classes.files(jar);
        }
      }
      List<String> wanted =
          files.stream().map(FileDescriptorProto::getName).filter(SourceFiles::isOwn).toList();
      if (wanted.isEmpty()) {
        throw new GenerationException(
            Code.GRAFT_SOURCE_UNREADABLE,
            path
                + " holds no messages: no "
                + DESCRIPTORS
                + ", no .proto file and no generated class. Give the .proto files instead.");
      }
      return new SourceFiles(files, wanted, kinds);
    }
  }

  private List<FileDescriptorProto> compiled(JarFile jar) throws IOException {
    try (ImportFolder own = new ImportFolder();
        ImportFolder given = new ImportFolder().withGiven()) {
      List<String> names = own.copy(jar, List.of()).stream().filter(SourceFiles::isOwn).toList();
      if (names.isEmpty()) {
        return List.of();
      }
      // Spark's files of the running Graft count, so that those of an older Spark in the jar do not
      // mix with them.
      byte[] set = protoc.get().compile(List.of(given.path(), own.path()), names);
      return Sources.parse(set, "What protoc wrote");
    }
  }

  private static byte[] bytes(JarFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException(jar.getName() + "!/" + entry.getName() + " is larger than 64 MiB");
      }
      return bytes;
    }
  }
}
