package dev.graft.registry.linkage;

import dev.graft.registry.linkage.ClassShapes.Defined;
import java.util.Optional;

/** What keeps the JVM from resolving a reference, where the class that it leads to is there. */
final class Obstacles {
  private final ClassShapes shapes;

  Obstacles(ClassShapes shapes) {
    this.shapes = shapes;
  }

  /**
   * What is wrong with a reference; empty where it resolves, or nobody can tell.
   *
   * @param owner the class that it leads to
   * @param from the class that makes it
   */
  Optional<Mismatch.Reason> of(Reference reference, Defined owner, Defined from) {
    ClassShape shape = owner.shape();
    boolean reachable = ClassShapes.isReachable(shape.modifiers(), owner, from);
    return switch (reference.form()) {
      case CLASS -> reachable ? Optional.empty() : Optional.of(Mismatch.Reason.UNREACHABLE);
      case OBJECT -> // what else may be wrong with it, the reference to its constructor tells
          shape.isConcrete() || shape.isInterface()
              ? Optional.empty()
              : Optional.of(Mismatch.Reason.ABSTRACT_CLASS);
      case METHOD, FIELD ->
          reachable ? ofMember(reference, owner, from) : Optional.of(Mismatch.Reason.UNREACHABLE);
    };
  }

  private Optional<Mismatch.Reason> ofMember(Reference reference, Defined owner, Defined from) {
    boolean isMethod = reference.form() == Reference.Form.METHOD;
    if (isMethod && owner.shape().isInterface() != reference.isInterface()) {
      return Optional.of(Mismatch.Reason.INTERFACE_CHANGED);
    }
    return switch (shapes.find(reference, owner.shape(), owner.loader(), from)) {
      case MISSING ->
          Optional.of(isMethod ? Mismatch.Reason.MISSING_METHOD : Mismatch.Reason.MISSING_FIELD);
      case UNREACHABLE -> Optional.of(Mismatch.Reason.UNREACHABLE);
      case STATIC ->
          reference.isStatic() ? Optional.empty() : Optional.of(Mismatch.Reason.STATIC_CHANGED);
      case INSTANCE ->
          reference.isStatic() ? Optional.of(Mismatch.Reason.STATIC_CHANGED) : Optional.empty();
      case UNKNOWN -> Optional.empty();
    };
  }
}
