package dev.graft.generate.reading;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.graft.annotations.Annotations;
import dev.graft.generate.error.GenerationException.Code;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.Documentation;
import dev.graft.generate.model.EnumDefinition;
import dev.graft.generate.model.Name;
import dev.graft.generate.model.Operation;
import dev.graft.generate.model.OperationKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads one file with operations, and all types that they use, of whichever file. */
final class ClientFileReader {
  private static final Pattern PUBLIC_NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  private final DescriptorSet set;
  private final Comments comments;
  private final FileDescriptor file;
  private final List<Descriptor> operations;
  private final Operations kinds;
  private final Map<Descriptor, Descriptor> replies = new LinkedHashMap<>();
  private final Map<String, Descriptor> messages = new TreeMap<>();
  private final Map<String, EnumDescriptor> enums = new TreeMap<>();

  ClientFileReader(
      DescriptorSet set,
      Comments comments,
      FileDescriptor file,
      List<Descriptor> operations,
      Operations kinds) {
    this.set = set;
    this.comments = comments;
    this.file = file;
    this.operations = operations;
    this.kinds = kinds;
    collect();
  }

  FileDescriptor file() {
    return file;
  }

  Set<String> usedMessages() {
    return messages.keySet();
  }

  ClientFile read(Name name) {
    TypeNames names = new TypeNames();
    Map<Descriptor, Name> operationNames = new LinkedHashMap<>();
    for (Descriptor message : operations) {
      Name operationName = publicName(message);
      names.addOperation(operationName, message);
      operationNames.put(message, operationName);
    }
    MessageReader reader = new MessageReader(comments);
    List<Operation> read = new ArrayList<>();
    operationNames.forEach(
        (message, operationName) -> read.add(operation(message, operationName, reader)));
    List<DataMessage> data = new ArrayList<>();
    for (Descriptor message : messages.values()) {
      data.add(
          new DataMessage(
              message.getFullName(),
              names.addType(message),
              Documentation.of(documentation(message)),
              reader.arguments(message),
              reader.oneofs(message)));
    }
    List<EnumDefinition> definitions = new ArrayList<>();
    EnumReader enumReader = new EnumReader(comments);
    for (EnumDescriptor enumeration : enums.values()) {
      definitions.add(enumReader.read(enumeration, names.addType(enumeration)));
    }
    return new ClientFile(
        file.getName(),
        file.getPackage(),
        name,
        Documentation.of(comments.of(file)),
        read,
        data,
        definitions,
        set.closure(file));
  }

  private Operation operation(Descriptor message, Name name, MessageReader reader) {
    OperationKind kind = kinds.kind(message).orElseThrow();
    return new Operation(
        kind,
        name,
        message.getFullName(),
        Documentation.of(documentation(message)),
        reader.arguments(message),
        reader.oneofs(message),
        Optional.ofNullable(replies.get(message)).map(Descriptor::getFullName));
  }

  private String documentation(Descriptor message) {
    String annotated = annotation(message).getDocumentation();
    return annotated.isBlank() ? comments.of(message) : annotated;
  }

  private static Name publicName(Descriptor message) {
    String annotated = annotation(message).getName();
    if (annotated.isEmpty()) {
      return MessageReader.name(message.getName(), message);
    }
    if (!PUBLIC_NAME.matcher(annotated).matches()) {
      throw Refusals.refuse(
          Code.GRAFT_NAME_INVALID,
          message,
          "has the public name '"
              + annotated
              + "'. A public name is in lower_snake_case and begins with a letter, such as top_k.");
    }
    return Name.of(annotated);
  }

  private static dev.graft.annotations.Operation annotation(Descriptor message) {
    return message.getOptions().getExtension(Annotations.operation);
  }

  /**
   * Follows fields and replies; a list of what is left to do, since messages may be nested deeply.
   */
  private void collect() {
    Deque<Descriptor> left = new ArrayDeque<>(operations);
    for (Descriptor operation : operations) {
      reply(operation)
          .ifPresent(
              reply -> {
                replies.put(operation, reply);
                if (messages.put(reply.getFullName(), reply) == null) {
                  left.add(reply);
                }
              });
    }
    while (!left.isEmpty()) {
      for (FieldDescriptor field : left.remove().getFields()) {
        FieldDescriptor value =
            field.isMapField() ? field.getMessageType().findFieldByName("value") : field;
        if (value.getJavaType() == FieldDescriptor.JavaType.ENUM) {
          enums.put(value.getEnumType().getFullName(), value.getEnumType());
        } else if (value.getJavaType() == FieldDescriptor.JavaType.MESSAGE
            && Types.isPlain(value.getMessageType())
            && messages.put(value.getMessageType().getFullName(), value.getMessageType()) == null) {
          left.add(value.getMessageType());
        }
      }
    }
  }

  private Optional<Descriptor> reply(Descriptor message) {
    String name = annotation(message).getReply();
    if (annotation(message).getRows()
        && (!name.isEmpty() || kinds.kind(message).orElseThrow() != OperationKind.COMMAND)) {
      throw Refusals.refuse(
          Code.GRAFT_ANNOTATION_INVALID,
          message,
          "has rows: true, which goes with a command that has no reply.");
    }
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (kinds.kind(message).orElseThrow() != OperationKind.COMMAND) {
      throw Refusals.refuse(
          Code.GRAFT_ANNOTATION_INVALID,
          message,
          "has the reply '" + name + "', but only a command answers with a message.");
    }
    String wanted = name.startsWith(".") ? name.substring(1) : name;
    for (FileDescriptor each : reachable()) {
      for (Descriptor candidate : DescriptorSet.all(each)) {
        if (candidate.getFullName().equals(wanted) && Types.isPlain(candidate)) {
          return Optional.of(candidate);
        }
      }
    }
    throw Refusals.refuse(
        Code.GRAFT_ANNOTATION_INVALID,
        message,
        "has the reply '"
            + name
            + "', and neither its file nor one that this imports has such a message. Give the full"
            + " name, package included.");
  }

  private List<FileDescriptor> reachable() {
    List<FileDescriptor> reachable = new ArrayList<>(List.of(file));
    for (int index = 0; index < reachable.size(); index++) {
      reachable.get(index).getDependencies().stream()
          .filter(dependency -> !reachable.contains(dependency))
          .forEach(reachable::add);
    }
    return reachable;
  }
}
