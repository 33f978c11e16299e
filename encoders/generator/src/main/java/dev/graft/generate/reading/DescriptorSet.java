package dev.graft.generate.reading;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.ExtensionRegistry;
import dev.graft.annotations.Annotations;
import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Files that were linked: every name in them is resolved, custom options included. What they import
 * from google/protobuf, spark/connect and graft need not be among them.
 */
public final class DescriptorSet {
  private static final ExtensionRegistry ANNOTATIONS = annotations();

  private final Map<String, FileDescriptorProto> protos = new LinkedHashMap<>();
  private final Map<String, FileDescriptor> linked = new LinkedHashMap<>();

  private DescriptorSet(List<FileDescriptorProto> given) {
    given.forEach(proto -> protos.putIfAbsent(proto.getName(), proto));
  }

  /**
   * Links files.
   *
   * @param files parsed with {@link #registry()}; of several with one name the first counts
   * @param source what they were read from, for errors
   * @throws GenerationException with {@link Code#GRAFT_DESCRIPTORS_INVALID}
   */
  public static DescriptorSet link(List<FileDescriptorProto> files, String source) {
    DescriptorSet set = new DescriptorSet(files);
    for (FileDescriptorProto file : files) {
      set.link(file.getName(), source, new LinkedHashSet<>());
    }
    return set;
  }

  /** What files must be parsed with, so that Graft's annotations are found in them. */
  public static ExtensionRegistry registry() {
    return ANNOTATIONS;
  }

  /** A message of the files that were given or imported, by its full name. */
  public Optional<Descriptor> find(String message) {
    return linked.values().stream()
        .flatMap(file -> all(file).stream())
        .filter(each -> each.getFullName().equals(message))
        .findFirst();
  }

  /** The messages of a file, nested ones too. */
  public static List<Descriptor> all(FileDescriptor file) {
    List<Descriptor> all = new ArrayList<>(file.getMessageTypes());
    for (int index = 0; index < all.size(); index++) {
      all.get(index).getNestedTypes().stream()
          .filter(nested -> !nested.getOptions().getMapEntry())
          .forEach(all::add);
    }
    return all;
  }

  /** Whether every client's runtime has a file, so that it need not be in the client. */
  private static boolean isGiven(String file) {
    return file.startsWith("google/protobuf/") || file.startsWith("spark/connect/");
  }

  /**
   * A file by its name.
   *
   * @throws GenerationException with {@link Code#GRAFT_DESCRIPTORS_INVALID} if there is none
   */
  public FileDescriptor file(String name) {
    FileDescriptor file = linked.get(name);
    if (file == null) {
      throw new GenerationException(
          Code.GRAFT_DESCRIPTORS_INVALID, "There is no file " + name + " among the descriptors");
    }
    return file;
  }

  Comments comments() {
    return new Comments(protos.values());
  }

  /**
   * The line of its file on which a definition begins, from 1; 0 where the source does not tell.
   */
  public int line(GenericDescriptor definition) {
    FileDescriptorProto proto = protos.get(definition.getFile().getName());
    return proto == null ? 0 : new Comments(List.of(proto)).line(definition);
  }

  /** A file and what it imports, as {@code ClientFile} wants it. */
  ByteString closure(FileDescriptor file) {
    Set<FileDescriptor> files = new LinkedHashSet<>();
    collect(file, files);
    FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
    for (FileDescriptor each : files) {
      set.addFile(Compact.file(each.toProto()));
    }
    return deterministic(set.build());
  }

  private static void collect(FileDescriptor file, Set<FileDescriptor> files) {
    if (isGiven(file.getName()) || files.contains(file)) {
      return;
    }
    file.getDependencies().forEach(dependency -> collect(dependency, files));
    files.add(file);
  }

  private static ByteString deterministic(FileDescriptorSet set) {
    ByteString.Output bytes = ByteString.newOutput();
    try {
      CodedOutputStream output = CodedOutputStream.newInstance(bytes);
      output.useDeterministicSerialization();
      set.writeTo(output);
      output.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteString();
  }

  private FileDescriptor link(String name, String source, Set<String> importers) {
    FileDescriptor known = linked.get(name);
    if (known != null) {
      return known;
    }
    if (!importers.add(name)) {
      throw new GenerationException(
          Code.GRAFT_DESCRIPTORS_INVALID, source + ": " + name + " imports itself");
    }
    FileDescriptorProto proto = protos.get(name);
    if (proto == null) {
      proto =
          GivenFiles.find(name)
              .orElseThrow(
                  () ->
                      new GenerationException(
                          Code.GRAFT_DESCRIPTORS_INVALID,
                          source
                              + " has no file "
                              + name
                              + ", which one of its files imports. Write the set with protoc"
                              + " --include_imports."));
    }
    List<FileDescriptor> imports = new ArrayList<>();
    for (String imported : proto.getDependencyList()) {
      imports.add(link(imported, source, importers));
    }
    try {
      FileDescriptor file =
          FileDescriptor.buildFrom(proto, imports.toArray(new FileDescriptor[0]), false);
      linked.put(name, file);
      importers.remove(name);
      return file;
    } catch (DescriptorValidationException e) {
      throw new GenerationException(
          Code.GRAFT_DESCRIPTORS_INVALID, source + ": " + name + ": " + e.getMessage(), e);
    }
  }

  private static ExtensionRegistry annotations() {
    ExtensionRegistry registry = ExtensionRegistry.newInstance();
    Annotations.registerAllExtensions(registry);
    return registry.getUnmodifiable();
  }
}
