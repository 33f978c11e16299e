package dev.graft.generate.reading;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import dev.graft.generate.model.Documentation;
import dev.graft.generate.model.EnumDefinition;
import dev.graft.generate.model.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads enums. */
final class EnumReader {
  private final Comments comments;

  EnumReader(Comments comments) {
    this.comments = comments;
  }

  EnumDefinition read(EnumDescriptor enumeration, Name name) {
    String prefix = MessageReader.name(enumeration.getName(), enumeration).upperSnake() + "_";
    List<Name> names =
        distinct(enumeration, prefix)
            .or(() -> distinct(enumeration, ""))
            .orElseGet(() -> numbered(enumeration));
    List<EnumDefinition.Value> values = new ArrayList<>();
    for (EnumValueDescriptor value : enumeration.getValues()) {
      values.add(
          new EnumDefinition.Value(
              value.getName(),
              value.getNumber(),
              names.get(value.getIndex()),
              Documentation.of(comments.of(value))));
    }
    return new EnumDefinition(
        enumeration.getFullName(),
        name,
        Documentation.of(comments.of(enumeration)),
        !enumeration.isClosed(),
        values);
  }

  private static Optional<List<Name>> distinct(EnumDescriptor enumeration, String prefix) {
    Set<String> seen = new HashSet<>();
    List<Name> names = new ArrayList<>();
    for (EnumValueDescriptor value : enumeration.getValues()) {
      String rest = value.getName();
      if (!rest.startsWith(prefix)
          || !rest.substring(prefix.length()).matches("_*[A-Za-z].*|[^_].*")) {
        return Optional.empty();
      }
      rest = rest.substring(prefix.length());
      if (!prefix.isEmpty() && Character.isDigit(rest.charAt(0))) {
        return Optional.empty();
      }
      Name name = MessageReader.name(rest, value.getType());
      if (!seen.add(name.pascal().toLowerCase(Locale.ROOT))) {
        return Optional.empty();
      }
      names.add(name);
    }
    return Optional.of(names);
  }

  /** For values that differ in nothing but case or underscores. */
  private static List<Name> numbered(EnumDescriptor enumeration) {
    List<Name> names = new ArrayList<>();
    for (EnumValueDescriptor value : enumeration.getValues()) {
      names.add(Name.of(value.getName() + "_v" + value.getIndex()));
    }
    return names;
  }
}
