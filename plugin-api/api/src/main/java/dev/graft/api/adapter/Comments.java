package dev.graft.api.adapter;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.Descriptor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds comments in a file's source information, which refers to definitions by field numbers and
 * indices.
 */
final class Comments {
  private Comments() {}

  /** Whether a file defines a message of the descriptor's name, nested as it is. */
  static boolean holds(FileDescriptorProto file, Descriptor message) {
    return !path(file, message).isEmpty();
  }

  /** The comment above a message, its lines without the blank that follows the slashes. */
  static String of(Descriptor message, FileDescriptorProto file) {
    List<Integer> path = path(file, message);
    for (Location location : file.getSourceCodeInfo().getLocationList()) {
      if (!path.isEmpty() && location.getPathList().equals(path)) {
        return location
            .getLeadingComments()
            .lines()
            .map(line -> line.startsWith(" ") ? line.substring(1) : line)
            .map(String::stripTrailing)
            .collect(Collectors.joining("\n"))
            .strip();
      }
    }
    return "";
  }

  /**
   * A file without the places of what has no comment, which are by far most of the source
   * information.
   */
  static FileDescriptorProto only(FileDescriptorProto file) {
    SourceCodeInfo.Builder commented = SourceCodeInfo.newBuilder();
    for (Location location : file.getSourceCodeInfo().getLocationList()) {
      if (location.hasLeadingComments() || location.hasTrailingComments()) {
        commented.addLocation(location.toBuilder().clearSpan().clearLeadingDetachedComments());
      }
    }
    return file.toBuilder().setSourceCodeInfo(commented).build();
  }

  /** Field numbers and indices from the file to the message; empty where the file has it not. */
  private static List<Integer> path(FileDescriptorProto file, Descriptor message) {
    Deque<String> names = new ArrayDeque<>();
    for (Descriptor each = message; each != null; each = each.getContainingType()) {
      names.push(each.getName());
    }
    List<Integer> path = new ArrayList<>();
    int field = FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER;
    List<DescriptorProto> among = file.getMessageTypeList();
    while (!names.isEmpty()) {
      int index = among.stream().map(DescriptorProto::getName).toList().indexOf(names.pop());
      if (index < 0) {
        return List.of();
      }
      path.add(field);
      path.add(index);
      field = DescriptorProto.NESTED_TYPE_FIELD_NUMBER;
      among = among.get(index).getNestedTypeList();
    }
    return path;
  }
}
