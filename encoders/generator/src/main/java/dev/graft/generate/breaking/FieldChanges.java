package dev.graft.generate.breaking;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.graft.annotations.Annotations;
import dev.graft.annotations.Argument;
import java.util.List;
import java.util.Map;

/**
 * Compares two fields of one number.
 *
 * @param oneofs new names of the message's oneofs that have another, by the old ones
 */
record FieldChanges(
    Findings findings, FieldDescriptor old, FieldDescriptor now, Map<String, String> oneofs) {
  void compare() {
    names();
    boolean sameCardinality = cardinality();
    if (sameCardinality && !FieldTypes.name(old).equals(FieldTypes.name(now))) {
      type();
    }
    if (!oneof(old, oneofs).equals(oneof(now, Map.of()))) {
      find(
          Rule.FIELD_SAME_ONEOF,
          Effect.WIRE,
          "stood in %s and stands in %s. Setting one field of a oneof unsets the others."
              .formatted(oneofName(old), oneofName(now)));
    }
    if (hasDefault() && !defaultOf(old).equals(defaultOf(now))) {
      find(
          Rule.FIELD_SAME_DEFAULT,
          Effect.WIRE,
          "had the default %s and has %s, which is what clients mean that do not set it."
              .formatted(defaultOf(old), defaultOf(now)));
    }
    annotations();
  }

  private void names() {
    if (!old.getName().equals(now.getName())) {
      find(
          Rule.FIELD_SAME_NAME,
          Effect.SOURCE,
          "is called %s now. Programs use the name, and so does JSON. If it is another field, give it another number."
              .formatted(now.getName()));
    } else if (!old.getJsonName().equals(now.getJsonName())) {
      find(
          Rule.FIELD_SAME_JSON_NAME,
          Effect.SOURCE,
          "was called %s in JSON and is called %s."
              .formatted(old.getJsonName(), now.getJsonName()));
    }
  }

  /** Whether it is the same. */
  private boolean cardinality() {
    if (old.isRequired() != now.isRequired()) {
      find(
          Rule.MESSAGE_SAME_REQUIRED_FIELDS,
          Effect.WIRE,
          now.isRequired()
              ? "must be set now, which old clients may not do."
              : "need not be set any more; whoever reads the message by the old definition refuses it then.");
    }
    String before = word(old);
    String after = word(now);
    if (before.equals(after) || (!old.isRepeated() && !now.isRepeated() && isOfRequired())) {
      return true;
    }
    boolean both = old.isRepeated() && now.isRepeated();
    boolean reads =
        both ? entries(old).equals(entries(now)) : !(old.isRepeated() || now.isRepeated());
    boolean isOfOneof =
        old.getRealContainingOneof() != null || now.getRealContainingOneof() != null;
    if (!old.isRepeated() && !now.isRepeated() && isOfOneof) {
      return true; // that is said of the oneof
    }
    find(
        Rule.FIELD_SAME_CARDINALITY,
        reads ? Effect.SOURCE : Effect.WIRE,
        "was %s and is %s. %s"
            .formatted(
                before,
                after,
                reads
                    ? "On the wire it reads as before, but programs give it in another way."
                    : "What old clients send in it is not what is read, or not all of it."));
    return old.isRepeated() == now.isRepeated() && !both;
  }

  private boolean isOfRequired() {
    return old.isRequired() || now.isRequired();
  }

  /** What a map's entries hold, or a list of messages that may stand for one. */
  private static List<String> entries(FieldDescriptor field) {
    return FieldTypes.isMessage(field)
        ? field.getMessageType().getFields().stream()
            .map(inner -> inner.getNumber() + " " + FieldTypes.name(inner))
            .toList()
        : List.of(FieldTypes.name(field));
  }

  private static String word(FieldDescriptor field) {
    if (field.isMapField()) {
      return "a map";
    }
    if (field.isRepeated()) {
      return "repeated";
    }
    return field.hasPresence()
        ? "a single one that may be unset"
        : "a single one that is always set";
  }

  private void type() {
    boolean reads = FieldTypes.reads(now, old);
    find(
        Rule.FIELD_SAME_TYPE,
        reads ? Effect.SOURCE : Effect.WIRE,
        "was %s and is %s. %s"
            .formatted(
                FieldTypes.name(old),
                FieldTypes.name(now),
                reads
                    ? "On the wire one reads the other, though what does not fit is cut off; programs give it in another type."
                    : "What old clients send in it is not what is read. Give the new one a number of its own."));
  }

  private static String oneof(FieldDescriptor field, Map<String, String> names) {
    OneofDescriptor oneof = field.getRealContainingOneof();
    return oneof == null ? "" : names.getOrDefault(oneof.getName(), oneof.getName());
  }

  private static String oneofName(FieldDescriptor field) {
    OneofDescriptor oneof = field.getRealContainingOneof();
    return oneof == null ? "no oneof" : "the oneof " + oneof.getName();
  }

  /** Whether one of them says so, and both may be read as the other. */
  private boolean hasDefault() {
    return (old.hasDefaultValue() || now.hasDefaultValue())
        && !old.isRepeated()
        && !now.isRepeated()
        && FieldTypes.name(old).equals(FieldTypes.name(now));
  }

  private static String defaultOf(FieldDescriptor field) {
    return String.valueOf(field.getDefaultValue());
  }

  static boolean isRequired(FieldDescriptor field) {
    return annotation(field).getRequired();
  }

  private static Argument annotation(FieldDescriptor field) {
    return field.getOptions().getExtension(Annotations.argument);
  }

  private void annotations() {
    if (isRequired(old) != isRequired(now)) {
      find(
          Rule.ARGUMENT_SAME_REQUIRED,
          isRequired(now) ? Effect.WIRE : Effect.SOURCE,
          isRequired(now)
              ? "is required now, and old clients may not send it."
              : "is not required any more; in some languages it is given in another way then.");
    }
    Argument before = annotation(old);
    Argument after = annotation(now);
    if (before.getHolds() != after.getHolds() || before.getPlan() != after.getPlan()) {
      find(
          Rule.ARGUMENT_SAME_HOLDS,
          Effect.WIRE,
          "held %s and holds %s.".formatted(held(before), held(after)));
    }
  }

  private static String held(Argument argument) {
    return switch (argument.getHolds()) {
      case RELATION -> argument.getPlan() ? "the plan of a relation" : "a relation";
      case EXPRESSION -> argument.getPlan() ? "the plan of an expression" : "an expression";
      default -> "bytes";
    };
  }

  private void find(Rule rule, Effect effect, String predicate) {
    findings.at(
        now,
        rule,
        effect,
        "Field %d (%s) of %s %s"
            .formatted(
                old.getNumber(), old.getName(), old.getContainingType().getFullName(), predicate));
  }
}
