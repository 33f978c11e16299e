package dev.graft.generate.rust;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.OneOf;
import dev.graft.generate.model.Shape;
import dev.graft.generate.model.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
   * @param owner what the names of choices are kept by
   * @param received whether servers send the message, perhaps without what is required
   */
  static List<Member> of(
      List<Argument> arguments,
      List<OneOf> choices,
      String owner,
      boolean received,
      RustNames names,
      Cycles cycles) {
    Map<String, String> members = RustNames.members(arguments, choices);
    List<Member> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Argument argument : arguments) {
      if (argument.oneof().isEmpty()) {
        all.add(
            new Plain(
                argument,
                members.getOrDefault(argument.field(), argument.field()),
                isOptional(argument, received),
                cycles.leadsBack(argument, owner)));
      } else if (seen.add(argument.oneof().get())) {
        choices.stream()
            .filter(choice -> choice.field().equals(argument.oneof().get()))
            .map(
                choice ->
                    new Choice(
                        choice,
                        members.getOrDefault(choice.field(), choice.field()),
                        names.choice(owner, choice)))
            .forEach(all::add);
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
