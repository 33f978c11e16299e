package dev.graft.registry.line;

import com.google.protobuf.AnyProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.TimestampProto;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The message types of one line, as its own {@code .proto} files have them. */
final class LineDescriptors {
  static final String NEWEST = "4.2";

  /** Those that Graft runs in, the oldest first. */
  static final List<String> LINES = List.of("3.4", "3.5", "4.0", "4.1", NEWEST);

  private static final Map<String, FileDescriptor> WELL_KNOWN =
      Stream.of(
              AnyProto.getDescriptor(),
              TimestampProto.getDescriptor(),
              DescriptorProtos.getDescriptor())
          .collect(Collectors.toMap(FileDescriptor::getFullName, Function.identity()));

  private static final Map<String, LineDescriptors> READ = new ConcurrentHashMap<>();

  private final Map<String, FileDescriptor> files = new HashMap<>();
  private final Map<String, Descriptor> messages = new HashMap<>();

  private LineDescriptors(FileDescriptorSet set) {
    Map<String, FileDescriptorProto> sources = new HashMap<>();
    set.getFileList().forEach(file -> sources.put(file.getName(), file));
    for (FileDescriptorProto file : set.getFileList()) {
      if (file.getPackage().equals("spark.connect")) {
        link(file.getName(), sources).getMessageTypes().forEach(this::add);
      }
    }
  }

  static LineDescriptors of(String line) {
    return READ.computeIfAbsent(line, LineDescriptors::read);
  }

  private static LineDescriptors read(String line) {
    String resource =
        line.equals(NEWEST)
            ? "/dev/graft/connect/descriptors.binpb"
            : "/dev/graft/connect/lines/" + line + ".binpb";
    try (InputStream stream = LineDescriptors.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new AssertionError("There is no " + resource);
      }
      return new LineDescriptors(FileDescriptorSet.parseFrom(stream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileDescriptor link(String name, Map<String, FileDescriptorProto> sources) {
    FileDescriptor known = files.getOrDefault(name, WELL_KNOWN.get(name));
    if (known != null) {
      return known;
    }
    FileDescriptorProto source = sources.get(name);
    if (source == null) {
      throw new AssertionError("There is no " + name);
    }
    FileDescriptor[] imports =
        source.getDependencyList().stream()
            .map(imported -> link(imported, sources))
            .toArray(FileDescriptor[]::new);
    try {
      FileDescriptor linked = FileDescriptor.buildFrom(source, imports);
      files.put(name, linked);
      return linked;
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  private void add(Descriptor message) {
    messages.put(message.getFullName(), message);
    message.getNestedTypes().forEach(this::add);
  }

  Descriptor message(String fullName) {
    Descriptor found = messages.get(fullName);
    if (found == null) {
      throw new AssertionError("There is no " + fullName);
    }
    return found;
  }

  Map<String, Descriptor> messages() {
    return messages;
  }
}
