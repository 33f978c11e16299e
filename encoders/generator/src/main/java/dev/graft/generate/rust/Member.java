package dev.graft.generate.rust;

import dev.graft.generate.emit.Names;
import dev.graft.generate.model.Argument;
import dev.graft.generate.model.MessageType;
import dev.graft.generate.model.OneOf;
import dev.graft.generate.model.Shape;
import dev.graft.generate.model.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A field of a struct. */
sealed interface Member {
  /** The field's name, and that of the method that sets it. */
  String name();

  /**
   * A field of the message that belongs to no choice.
   *
   * @param optional whether it can be absent beside its type's values
   * @param boxed whether the struct would hold itself otherwise
   */
  record Plain(Argument argument, String name, boolean optional, boolean boxed) implements Member {}

  /**
   * A choice of the message.
   *
   * @param type the enum of its members
   */
  record Choice(OneOf choice, String name, String type) implements Member {}

  /**
   * The fields of a message's struct.
   *
   * @param received whether servers send the message, perhaps without what is required
   */
  static List<Member> of(MessageType message, boolean received, RustNames names, Cycles cycles) {
    Names members = RustNames.members(message);
    List<Member> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Argument argument : message.arguments()) {
      if (argument.oneof().isEmpty()) {
        all.add(
            new Plain(
                argument,
                RustNames.identifier(members.get(argument.field())),
                isOptional(argument, received),
                cycles.leadsBack(argument, Names.key(message))));
      } else if (seen.add(argument.oneof().get())) {
        OneOf choice = message.choice(argument.oneof().get());
        String name = RustNames.identifier(members.get(choice.field()));
        all.add(new Choice(choice, name, names.choice(message, choice)));
      }
    }
    return all;
  }

  private static boolean isOptional(Argument argument, boolean received) {
    if (!(argument.shape() instanceof Shape.Single single)) {
      return false;
    }
    boolean hasZero =
        single.type() instanceof ValueType.Scalar
            || single.type() instanceof ValueType.EnumReference;
    if (argument.required()) {
      return received && !hasZero;
    }
    return !hasZero || argument.explicitPresence() || argument.defaultValue().isPresent();
  }
}
