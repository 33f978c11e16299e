package dev.graft.encoder.vectors;

import com.google.protobuf.AnyProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FeatureSet;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import dev.graft.annotations.Annotations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Descriptors of messages that look the same on the wire, and that protobuf's own library can
 * handle as the vectors want it: an input is a field of type bytes, since its bytes must stay as
 * they are; {@code Any} is a plain message of two fields, since nothing shall look into it.
 */
final class TwinFiles {
  private static final Set<String> INPUTS =
      Set.of(".spark.connect.Relation", ".spark.connect.Expression", ".spark.connect.Plan");
  private static final String ANY = ".google.protobuf.Any";
  private static final String ANY_TWIN = ".graft.twin.AnyFields";

  private final boolean mapsAsLists;
  private final Map<String, FileDescriptor> files = new LinkedHashMap<>();
  private final Map<String, Descriptor> messages = new LinkedHashMap<>();
  private final Set<String> mapEntries = new LinkedHashSet<>();

  /**
   * Makes the twins.
   *
   * @param mapsAsLists whether maps become lists of entries in which key and value have presence:
   *     protobuf's own dynamic messages keep no order of entries and leave zeros out of them
   */
  TwinFiles(List<FileDescriptorProto> originals, boolean mapsAsLists)
      throws DescriptorValidationException {
    this.mapsAsLists = mapsAsLists;
    for (FileDescriptor known :
        List.of(
            AnyProto.getDescriptor(),
            DurationProto.getDescriptor(),
            EmptyProto.getDescriptor(),
            FieldMaskProto.getDescriptor(),
            StructProto.getDescriptor(),
            TimestampProto.getDescriptor(),
            WrappersProto.getDescriptor(),
            Annotations.getDescriptor())) {
      files.put(known.getName(), known);
    }
    add(anyTwin());
    for (FileDescriptorProto original : originals) {
      if (!files.containsKey(original.getName())) {
        add(twin(original));
      }
    }
  }

  Descriptor message(String name) {
    Descriptor message = messages.get(name);
    if (message == null) {
      throw new IllegalArgumentException("No message " + name);
    }
    return message;
  }

  Set<String> messageNames() {
    return messages.keySet();
  }

  boolean isMapEntry(Descriptor message) {
    return mapEntries.contains(message.getFullName());
  }

  private void add(FileDescriptorProto file) throws DescriptorValidationException {
    FileDescriptor[] imports =
        file.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
    FileDescriptor built = FileDescriptor.buildFrom(file, imports);
    files.put(file.getName(), built);
    built.getMessageTypes().forEach(this::index);
  }

  private void index(Descriptor message) {
    messages.put(message.getFullName(), message);
    message.getNestedTypes().forEach(this::index);
  }

  private static FileDescriptorProto anyTwin() {
    return FileDescriptorProto.newBuilder()
        .setName("graft/twin.proto")
        .setPackage("graft.twin")
        .setSyntax("proto3")
        .addMessageType(
            DescriptorProto.newBuilder()
                .setName("AnyFields")
                .addField(field("type_url", 1, FieldDescriptorProto.Type.TYPE_STRING))
                .addField(field("value", 2, FieldDescriptorProto.Type.TYPE_BYTES)))
        .build();
  }

  private static FieldDescriptorProto.Builder field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
  }

  private FileDescriptorProto twin(FileDescriptorProto original) {
    FileDescriptorProto.Builder twin = original.toBuilder().clearDependency().clearMessageType();
    List<String> imports = new ArrayList<>(original.getDependencyList());
    imports.removeIf(name -> name.startsWith("spark/"));
    imports.add("graft/twin.proto");
    twin.addAllDependency(imports);
    String scope = original.getPackage();
    boolean isEdition = original.getSyntax().equals("editions");
    original
        .getMessageTypeList()
        .forEach(message -> twin.addMessageType(twin(message, scope, isEdition)));
    return twin.build();
  }

  private DescriptorProto twin(DescriptorProto original, String scope, boolean isEdition) {
    DescriptorProto.Builder twin = original.toBuilder().clearField().clearNestedType();
    String name = scope + "." + original.getName();
    boolean mapEntry = original.getOptions().getMapEntry();
    if (mapEntry) {
      mapEntries.add(name);
      if (mapsAsLists) {
        twin.clearOptions();
      }
    }
    for (FieldDescriptorProto field : original.getFieldList()) {
      FieldDescriptorProto.Builder changed = field.toBuilder();
      if (field.getTypeName().equals(ANY)) {
        changed.setTypeName(ANY_TWIN);
      }
      boolean input = INPUTS.contains(field.getTypeName());
      if (input) {
        changed.setType(FieldDescriptorProto.Type.TYPE_BYTES).clearTypeName();
      }
      boolean presenceLost =
          input
              && field.getLabel() != FieldDescriptorProto.Label.LABEL_REPEATED
              && !field.hasOneofIndex();
      if (isEdition && (mapEntry || isMap(original, field))) {
        // As maps they are never between tags, whatever the file says.
        changed
            .getOptionsBuilder()
            .getFeaturesBuilder()
            .setMessageEncoding(FeatureSet.MessageEncoding.LENGTH_PREFIXED);
      }
      // In editions they have presence.
      if (!isEdition && (mapEntry ? mapsAsLists : presenceLost)) {
        changed.setProto3Optional(true).setOneofIndex(twin.getOneofDeclCount());
        twin.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + field.getName()));
      }
      twin.addField(changed);
    }
    original
        .getNestedTypeList()
        .forEach(nested -> twin.addNestedType(twin(nested, name, isEdition)));
    return twin.build();
  }

  private static boolean isMap(DescriptorProto message, FieldDescriptorProto field) {
    return message.getNestedTypeList().stream()
        .filter(nested -> nested.getOptions().getMapEntry())
        .anyMatch(entry -> field.getTypeName().endsWith("." + entry.getName()));
  }
}
