package dev.graft.generate.reading;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import dev.graft.generate.error.GenerationException.Code;
import dev.graft.generate.model.Name;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Names of operations and types in one generated file. An operation's name is the author's to
 * choose, so a second one is refused; a type's gives way.
 */
final class TypeNames {
  private final Map<String, GenericDescriptor> taken = new HashMap<>();

  void addOperation(Name name, Descriptor message) {
    GenericDescriptor other = taken.putIfAbsent(key(name), message);
    if (other != null) {
      throw Refusals.refuse(
          Code.GRAFT_NAME_TWICE,
          message,
          "has the public name '"
              + name.snake()
              + "', and "
              + other.getFullName()
              + " has it already. Give one of them another with (graft.operation).name.");
    }
  }

  /**
   * A name for a message or an enum: of the types around it and its own, and more where that is
   * taken.
   */
  Name addType(GenericDescriptor type) {
    String scope = type.getFile().getPackage();
    String within =
        scope.isEmpty() ? type.getFullName() : type.getFullName().substring(scope.length() + 1);
    Name name = MessageReader.name(within.replace('.', '_'), type);
    if (taken.containsKey(key(name))) {
      name = name.then(Name.of(type instanceof Descriptor ? "message" : "enum"));
    }
    if (taken.containsKey(key(name))) {
      name = MessageReader.name(type.getFullName().replace('.', '_'), type);
    }
    Name first = name;
    for (int number = 2; taken.containsKey(key(name)); number++) {
      name = Name.of(first.snake() + "_v" + number);
    }
    taken.put(key(name), type);
    return name;
  }

  /** The same for names that some language, or some file system, cannot tell apart. */
  private static String key(Name name) {
    return name.pascal().toLowerCase(Locale.ROOT);
  }
}
