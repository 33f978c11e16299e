package dev.graft.generate.model;

import java.util.Optional;

/**
 * A field of a message, as an argument of an operation or as a member of a data type.
 *
 * @param field the field's name in the source: what the runtime knows it by
 * @param name unique within its message, in every case that {@link Name} has
 * @param explicitPresence whether absent and zero are different; never for lists and maps
 * @param required whether it must be given: a text, bytes, a list or a map not empty then. Never
 *     together with a default, which counts as given
 * @param defaultValue what is sent where it is absent; for single scalars and enums only. That of a
 *     member of a choice is sent where none of the members is given
 * @param oneof the {@link OneOf#field} of the choice it belongs to
 */
public record Argument(
    String field,
    Name name,
    Documentation documentation,
    Shape shape,
    boolean explicitPresence,
    boolean required,
    Optional<DefaultValue> defaultValue,
    Optional<String> oneof) {
  /** Whether it is one input of a kind that must be given. */
  public boolean isRequiredInput(InputKind kind) {
    return required
        && shape instanceof Shape.Single
        && shape.type() instanceof ValueType.Input input
        && input.kind() == kind;
  }
}
