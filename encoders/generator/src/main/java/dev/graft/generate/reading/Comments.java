package dev.graft.generate.reading;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The comments of linked files: what stands above a definition, or else behind it on its line.
 * Empty where a file was compiled without them.
 */
final class Comments {
  private final Map<String, Map<List<Integer>, Location>> files = new HashMap<>();

  Comments(Iterable<FileDescriptorProto> protos) {
    for (FileDescriptorProto proto : protos) {
      Map<List<Integer>, Location> locations = new HashMap<>();
      for (Location location : proto.getSourceCodeInfo().getLocationList()) {
        locations.putIfAbsent(location.getPathList(), location);
      }
      files.put(proto.getName(), locations);
    }
  }

  /**
   * What stands above a file's package statement; above its first line there is a licence most
   * often.
   */
  String of(FileDescriptor file) {
    return text(file, List.of(FileDescriptorProto.PACKAGE_FIELD_NUMBER));
  }

  String of(GenericDescriptor definition) {
    return text(definition.getFile(), path(definition));
  }

  /** The line on which a definition begins, from 1; 0 where the file was compiled without. */
  int line(GenericDescriptor definition) {
    Location location =
        files.getOrDefault(definition.getFile().getName(), Map.of()).get(path(definition));
    return location == null ? 0 : location.getSpan(0) + 1;
  }

  private String text(FileDescriptor file, List<Integer> path) {
    Location location = files.getOrDefault(file.getName(), Map.of()).get(path);
    if (location == null) {
      return "";
    }
    return location.getLeadingComments().isBlank()
        ? location.getTrailingComments()
        : location.getLeadingComments();
  }

  private static List<Integer> path(GenericDescriptor definition) {
    GenericDescriptor parent;
    int field;
    int index;
    if (definition instanceof Descriptor message) {
      parent = message.getContainingType();
      field =
          parent == null
              ? FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER
              : DescriptorProto.NESTED_TYPE_FIELD_NUMBER;
      index = message.getIndex();
    } else if (definition instanceof EnumDescriptor enumeration) {
      parent = enumeration.getContainingType();
      field =
          parent == null
              ? FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER
              : DescriptorProto.ENUM_TYPE_FIELD_NUMBER;
      index = enumeration.getIndex();
    } else if (definition instanceof FieldDescriptor member) {
      parent = member.getContainingType();
      field = DescriptorProto.FIELD_FIELD_NUMBER;
      index = member.getIndex();
    } else if (definition instanceof OneofDescriptor oneof) {
      parent = oneof.getContainingType();
      field = DescriptorProto.ONEOF_DECL_FIELD_NUMBER;
      index = oneof.getIndex();
    } else if (definition instanceof EnumValueDescriptor value) {
      parent = value.getType();
      field = EnumDescriptorProto.VALUE_FIELD_NUMBER;
      index = value.getIndex();
    } else {
      throw new IllegalArgumentException("No comments are read for " + definition.getFullName());
    }
    List<Integer> path = new ArrayList<>(parent == null ? List.of() : path(parent));
    path.add(field);
    path.add(index);
    return path;
  }
}
