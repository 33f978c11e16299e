package dev.graft.generate.source;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import dev.graft.generate.model.OperationKind;
import dev.graft.generate.reading.DescriptorSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads sources by what their names end in: {@code .proto}, {@code .jar}, {@code .binpb} (also
 * {@code .pb}, {@code .desc} and {@code .protoset}). A folder stands for the {@code .proto} files
 * in it.
 *
 * <p>Not safe for use by several threads.
 */
public final class Sources {
  private static final List<String> SETS = List.of(".binpb", ".pb", ".desc", ".protoset");

  private final List<Path> importPaths;
  private final @Nullable String program;

  /**
   * A reader of sources.
   *
   * @param importPaths folders in which {@code .proto} files look for what they import, beside
   *     those that lie around them
   * @param protoc the program to compile {@code .proto} files with; null for the one of Maven
   *     Central
   */
  public Sources(List<Path> importPaths, @Nullable String protoc) {
    this.importPaths = List.copyOf(importPaths);
    this.program = protoc;
  }

  /**
   * Reads all.
   *
   * @throws GenerationException if one is missing, of no known kind, or wrong
   */
  public SourceFiles read(List<Path> paths) {
    List<SourceFiles> read = new ArrayList<>();
    List<Path> protos = new ArrayList<>();
    for (Path path : files(paths)) {
      String name = path.toString();
      if (!Files.isRegularFile(path)) {
        throw unreadable(path, "there is no such file", null);
      }
      if (name.endsWith(".proto")) {
        protos.add(path);
      } else if (name.endsWith(".jar")) {
        read.add(jar(path));
      } else if (SETS.stream().anyMatch(name::endsWith)) {
        read.add(descriptorSet(path));
      } else {
        throw unreadable(
            path, "its name ends in none of .proto, .jar, " + String.join(", ", SETS), null);
      }
    }
    if (!protos.isEmpty()) {
      read.add(new ProtoFiles(importPaths, this::protoc).read(protos));
    }
    return SourceFiles.merge(read);
  }

  /** Files as they are, and of folders all the {@code .proto} files below them. */
  private static List<Path> files(List<Path> paths) {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      try (Stream<Path> below = Files.walk(path)) {
        List<Path> protos =
            below.filter(file -> file.toString().endsWith(".proto")).sorted().toList();
        if (protos.isEmpty()) {
          throw unreadable(path, "there is no .proto file in the folder", null);
        }
        files.addAll(protos);
      } catch (IOException e) {
        throw unreadable(path, String.valueOf(e.getMessage()), e);
      }
    }
    return files;
  }

  private Protoc protoc() {
    return program == null ? ProtocFinder.ofUser().find() : new Protoc(program);
  }

  private SourceFiles jar(Path path) {
    try {
      return new PluginJar(path, this::protoc).read();
    } catch (IOException e) {
      throw unreadable(path, String.valueOf(e.getMessage()), e);
    }
  }

  private static SourceFiles descriptorSet(Path path) {
    try {
      List<FileDescriptorProto> files = parse(Files.readAllBytes(path), path.toString());
      List<String> wanted =
          files.stream().map(FileDescriptorProto::getName).filter(SourceFiles::isOwn).toList();
      return new SourceFiles(files, wanted, Map.of());
    } catch (IOException e) {
      throw unreadable(path, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * What a server tells of its extensions.
   *
   * @param descriptorSets serialised, in the order in which its plugins are asked; of several files
   *     with one name the first counts
   * @param kinds kinds of its messages, by full name
   * @param server for errors
   * @throws GenerationException if one is no descriptor set
   */
  public static SourceFiles ofServer(
      List<byte[]> descriptorSets, Map<String, Set<OperationKind>> kinds, String server) {
    Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
    for (byte[] set : descriptorSets) {
      parse(set, "What " + server + " says of an extension")
          .forEach(file -> files.putIfAbsent(file.getName(), file));
    }
    return new SourceFiles(
        new ArrayList<>(files.values()),
        files.keySet().stream().filter(SourceFiles::isOwn).toList(),
        kinds);
  }

  /** The files of a serialised set. */
  static List<FileDescriptorProto> parse(byte[] bytes, String source) {
    try {
      return FileDescriptorSet.parseFrom(bytes, DescriptorSet.registry()).getFileList();
    } catch (InvalidProtocolBufferException e) {
      throw new GenerationException(
          Code.GRAFT_DESCRIPTORS_INVALID,
          source
              + " is not a serialised google.protobuf.FileDescriptorSet: "
              + e.getMessage()
              + " Write one with protoc --include_source_info --descriptor_set_out=FILE.",
          e);
    }
  }

  private static GenerationException unreadable(Path path, String why, @Nullable Throwable cause) {
    return new GenerationException(
        Code.GRAFT_SOURCE_UNREADABLE,
        path
            + " cannot be read: "
            + why
            + ". A source is a .proto file, a folder of them, a plugin jar or a descriptor set.",
        cause);
  }
}
