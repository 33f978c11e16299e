package dev.graft.generate.reading;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.graft.annotations.Annotations;
import dev.graft.generate.error.GenerationException.Code;
import dev.graft.generate.model.Argument;
import dev.graft.generate.model.DefaultValue;
import dev.graft.generate.model.Documentation;
import dev.graft.generate.model.Name;
import dev.graft.generate.model.OneOf;
import dev.graft.generate.model.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the fields of messages. */
final class MessageReader {
  private final Comments comments;

  MessageReader(Comments comments) {
    this.comments = comments;
  }

  /** The words of an identifier of a descriptor. */
  static Name name(String identifier, GenericDescriptor of) {
    try {
      return Name.of(identifier);
    } catch (IllegalArgumentException e) {
      throw Refusals.refuse(
          Code.GRAFT_NAME_INVALID,
          of,
          "has a name that has no letter and no digit. Give it one that can be spoken.");
    }
  }

  List<Argument> arguments(Descriptor message) {
    Map<String, FieldDescriptor> taken = new HashMap<>();
    List<Argument> arguments = new ArrayList<>();
    for (FieldDescriptor field : message.getFields()) {
      Argument argument = argument(field);
      for (String key : List.of("_" + argument.name().snake(), argument.name().pascal())) {
        FieldDescriptor other = taken.put(key, field);
        if (other != null && other != field) {
          throw Refusals.refuse(
              Code.GRAFT_NAME_TWICE,
              field,
              "cannot be told from the field "
                  + other.getName()
                  + " in languages that write names in another case. Rename one of them.");
        }
      }
      arguments.add(argument);
    }
    return arguments;
  }

  List<OneOf> oneofs(Descriptor message) {
    List<OneOf> oneofs = new ArrayList<>();
    for (OneofDescriptor oneof : message.getRealOneofs()) {
      oneofs.add(
          new OneOf(
              oneof.getName(),
              name(oneof.getName(), oneof),
              Documentation.of(comments.of(oneof)),
              oneof.getFields().stream().map(FieldDescriptor::getName).toList()));
    }
    return oneofs;
  }

  private Argument argument(FieldDescriptor field) {
    dev.graft.annotations.Argument annotation =
        field.getOptions().getExtension(Annotations.argument);
    Shape shape = Types.shape(field);
    boolean required = annotation.getRequired() || field.isRequired();
    Optional<OneofDescriptor> oneof = Optional.ofNullable(field.getRealContainingOneof());
    if (required && oneof.isPresent()) {
      throw Refusals.refuse(
          Code.GRAFT_ANNOTATION_INVALID,
          field,
          "is required and belongs to the oneof "
              + oneof.get().getName()
              + ", of which one field at most can be given. Take one of the two away.");
    }
    Optional<DefaultValue> defaultValue =
        annotation.getDefault().isEmpty()
            ? Optional.empty()
            : Optional.of(defaultValue(field, annotation.getDefault(), shape));
    String documentation = annotation.getDocumentation();
    return new Argument(
        field.getName(),
        name(field.getName(), field),
        Documentation.of(documentation.isBlank() ? comments.of(field) : documentation),
        shape,
        field.hasPresence(),
        // A default counts as given, so that nobody has to give another.
        required && defaultValue.isEmpty(),
        defaultValue,
        oneof.map(OneofDescriptor::getName));
  }

  private DefaultValue defaultValue(FieldDescriptor field, String text, Shape shape) {
    OneofDescriptor oneof = field.getRealContainingOneof();
    if (oneof != null) {
      for (FieldDescriptor other : oneof.getFields()) {
        if (other.getNumber() != field.getNumber()
            && !other.getOptions().getExtension(Annotations.argument).getDefault().isEmpty()) {
          throw Refusals.refuse(
              Code.GRAFT_ANNOTATION_INVALID,
              field,
              "has the default '"
                  + text
                  + "', and so has "
                  + other.getName()
                  + " of the same oneof, of which one field at most can be sent. Take one of the"
                  + " two away.");
        }
      }
    }
    return Defaults.parse(field, text, shape, new EnumReader(comments));
  }
}
