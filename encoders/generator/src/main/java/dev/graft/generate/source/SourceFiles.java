package dev.graft.generate.source;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import dev.graft.generate.model.OperationKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was read from sources.
 *
 * @param protos the files and, as far as the source has them, what they import
 * @param wanted names of the files that clients are asked for
 * @param kinds kinds of messages, by full name, that the plugins of a jar tell
 */
public record SourceFiles(
    List<FileDescriptorProto> protos, List<String> wanted, Map<String, Set<OperationKind>> kinds) {
  public SourceFiles {
    protos = List.copyOf(protos);
    wanted = List.copyOf(wanted);
    kinds = Map.copyOf(kinds);
  }

  /**
   * All of several sources.
   *
   * @throws GenerationException if two have a file of one name that is not the same
   */
  public static SourceFiles merge(List<SourceFiles> sources) {
    Map<String, FileDescriptorProto> protos = new LinkedHashMap<>();
    Set<String> wanted = new LinkedHashSet<>();
    Map<String, Set<OperationKind>> kinds = new TreeMap<>();
    for (SourceFiles source : sources) {
      for (FileDescriptorProto proto : source.protos()) {
        FileDescriptorProto other = protos.putIfAbsent(proto.getName(), proto);
        if (other != null && isOwn(proto.getName()) && !same(other, proto)) {
          throw new GenerationException(
              Code.GRAFT_DESCRIPTORS_INVALID,
              "Two sources have a file "
                  + proto.getName()
                  + ", and they differ. Generate clients from one source at a time.");
        }
      }
      wanted.addAll(source.wanted());
      source
          .kinds()
          .forEach(
              (message, found) ->
                  kinds
                      .computeIfAbsent(message, unused -> EnumSet.noneOf(OperationKind.class))
                      .addAll(found));
    }
    return new SourceFiles(new ArrayList<>(protos.values()), new ArrayList<>(wanted), kinds);
  }

  /** Whether clients are made of a file where nobody asked for that file by its name. */
  static boolean isOwn(String file) {
    return !file.startsWith("google/protobuf/")
        && !file.startsWith("spark/connect/")
        && !file.equals("graft/annotations.proto")
        && !file.equals("graft/catalog.proto");
  }

  private static boolean same(FileDescriptorProto first, FileDescriptorProto second) {
    return first.toBuilder()
        .clearSourceCodeInfo()
        .build()
        .equals(second.toBuilder().clearSourceCodeInfo().build());
  }
}
