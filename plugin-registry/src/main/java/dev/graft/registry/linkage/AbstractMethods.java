package dev.graft.registry.linkage;

import dev.graft.registry.linkage.ClassShapes.Defined;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks for abstract methods that a class inherits and nobody implements: the type that has them
 * has changed since the class was compiled. Calling one is an {@link AbstractMethodError}.
 */
final class AbstractMethods {
  private final ClassShapes shapes;

  AbstractMethods(ClassShapes shapes) {
    this.shapes = shapes;
  }

  /**
   * The methods that a class lacks; empty where it lacks none, is abstract itself, or has a parent
   * that is not there.
   *
   * @param loader the loader that defines the class
   * @param isAsked whether the methods of a superclass or interface are looked at
   */
  List<Reference> unimplemented(String name, ClassLoader loader, Predicate<Defined> isAsked) {
    Optional<Defined> start = shapes.seenFrom(loader, name);
    if (start.isEmpty() || !start.get().shape().isConcrete()) {
      return List.of();
    }
    Map<String, Defined> chain = new LinkedHashMap<>();
    Map<String, Defined> interfaces = new LinkedHashMap<>();
    if (!collect(start.get(), chain, interfaces)) {
      return List.of();
    }
    List<Reference> missing = new ArrayList<>();
    Set<String> wanted = new LinkedHashSet<>();
    for (Collection<Defined> parents : List.of(chain.values(), interfaces.values())) {
      for (Defined parent : parents) {
        if (!isAsked.test(parent)) {
          continue;
        }
        parent
            .shape()
            .methods()
            .forEach(
                (method, modifiers) -> {
                  if (Modifier.isAbstract(modifiers)
                      && wanted.add(method)
                      && !isImplemented(method, chain.values(), interfaces.values())) {
                    missing.add(Reference.toMethod(parent.name(), method));
                  }
                });
      }
    }
    return missing;
  }

  /** Whether all superclasses and interfaces could be read. */
  private boolean collect(
      Defined type, Map<String, Defined> chain, Map<String, Defined> interfaces) {
    Defined current = type;
    while (chain.put(current.name(), current) == null) {
      for (String name : current.shape().interfaces()) {
        if (!collectInterface(current, name, interfaces)) {
          return false;
        }
      }
      String superclass = current.shape().superclass();
      if (superclass == null) {
        return true;
      }
      Optional<Defined> parent = shapes.seenFrom(current.loader(), superclass);
      if (parent.isEmpty()) {
        return false;
      }
      current = parent.get();
    }
    return false; // a class that is its own parent, which no loader takes
  }

  private boolean collectInterface(Defined from, String name, Map<String, Defined> interfaces) {
    if (interfaces.containsKey(name)) {
      return true;
    }
    Optional<Defined> type = shapes.seenFrom(from.loader(), name);
    if (type.isEmpty()) {
      return false;
    }
    interfaces.put(name, type.get());
    for (String parent : type.get().shape().interfaces()) {
      if (!collectInterface(type.get(), parent, interfaces)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isImplemented(
      String method, Collection<Defined> chain, Collection<Defined> interfaces) {
    for (Defined type : chain) {
      Integer modifiers = type.shape().methods().get(method);
      if (modifiers != null && !Modifier.isStatic(modifiers)) {
        return !Modifier.isAbstract(modifiers);
      }
    }
    return interfaces.stream()
        .map(type -> type.shape().methods().get(method))
        .anyMatch(
            modifiers ->
                modifiers != null
                    && !Modifier.isAbstract(modifiers)
                    && !Modifier.isStatic(modifiers));
  }
}
