package dev.graft.registry.linkage;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.objectweb.asm.Type;

/**
 * One use of a class or member in a class file. Class names are in internal form.
 *
 * @param form what is used
 * @param owner the class, or the class that the member is looked up in
 * @param name the member's name; empty for a class or object
 * @param descriptor the member's descriptor; empty for a class or object
 * @param isStatic whether the use is static
 * @param isInterface whether the use says that the owner is an interface
 * @param line the source line, or 0
 */
record Reference(
    Form form,
    String owner,
    String name,
    String descriptor,
    boolean isStatic,
    boolean isInterface,
    int line) {
  enum Form {
    CLASS,
    /** A class of which an object is made. */
    OBJECT,
    METHOD,
    FIELD
  }

  static Reference toClass(String owner, int line) {
    return new Reference(Form.CLASS, owner, "", "", false, false, line);
  }

  static Reference toObject(String owner, int line) {
    return new Reference(Form.OBJECT, owner, "", "", false, false, line);
  }

  /** What tells it from other references, wherever they stand. */
  String key() {
    return owner + '.' + name + descriptor + (form == Form.OBJECT ? "new" : "");
  }

  boolean isToMember() {
    return form == Form.METHOD || form == Form.FIELD;
  }

  /** Another method: its owner, and its name and descriptor as one. */
  static Reference toMethod(String owner, String method) {
    int parameters = method.indexOf('(');
    return new Reference(
        Form.METHOD,
        owner,
        method.substring(0, parameters),
        method.substring(parameters),
        false,
        false,
        0);
  }

  /**
   * The symbol as a person would write it: {@code acme.Box.open(int, java.lang.String) returning
   * void}.
   */
  String symbol() {
    String ownerName = owner.replace('/', '.');
    return switch (form) {
      case CLASS, OBJECT -> ownerName;
      case FIELD -> ownerName + "." + name + " of type " + Type.getType(descriptor).getClassName();
      case METHOD ->
          ownerName
              + "."
              + name
              + Arrays.stream(Type.getArgumentTypes(descriptor))
                  .map(Type::getClassName)
                  .collect(Collectors.joining(", ", "(", ")"))
              + " returning "
              + Type.getReturnType(descriptor).getClassName();
    };
  }
}
