package dev.graft.registry.linkage;

import dev.graft.registry.isolation.IsolatedClassLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resolves a plugin's references against the running host without loading a class.
 *
 * <p>Only what is reachable from the plugin's class is read, and only references to classes from above are judged: a library in the
 * jar may well refer to an optional one that is not there. The walk stops at protobuf and the Connect messages that a jar carries,
 * which are generated code and its runtime.
 *
 * <p>Not safe for use by several threads. What was read of the host is kept for the next plugin, until the check itself is dropped.
 */
public final class LinkCheck {
  /** More than this many findings help nobody; the first are enough to mend a build. */
  private static final int MOST_MISMATCHES = 20;

  private static final List<String> NOT_WALKED = List.of("com/google/protobuf/", "org/apache/spark/connect/proto/", "dev/graft/api/");

  private final Map<ClassLoader, Map<String, Optional<ClassShape>>> shapes = new HashMap<>();

  /** The references, reachable from a plugin's class, that do not resolve; at most 20. Empty where all is well. */
  public List<Mismatch> check(String className, IsolatedClassLoader loader) {
    return new Walk(loader).from(className.replace('.', '/'));
  }

  /** The walk through one plugin's classes. */
  private final class Walk {
    private final IsolatedClassLoader loader;
    private final List<Mismatch> mismatches = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> judged = new HashSet<>();
    private final Deque<String> open = new ArrayDeque<>();

    Walk(IsolatedClassLoader loader) {
      this.loader = loader;
    }

    List<Mismatch> from(String start) {
      seen.add(start);
      open.add(start);
      while (!open.isEmpty() && mismatches.size() < MOST_MISMATCHES) {
        String className = open.remove();
        byte[] classFile = read(className);
        if (classFile != null) {
          for (Reference reference : References.in(classFile)) {
            follow(reference, className);
          }
        }
      }
      return List.copyOf(mismatches);
    }

    private void follow(Reference reference, String from) {
      String owner = reference.owner();
      ClassLoader source = loader.sourceOf(owner.replace('/', '.'));
      if (source == loader) {
        if (NOT_WALKED.stream().noneMatch(owner::startsWith) && seen.add(owner)) {
          open.add(owner);
        }
        return;
      }
      if (source != ClassLoader.getPlatformClassLoader()
          && mismatches.size() < MOST_MISMATCHES
          && judged.add(owner + '.' + reference.name() + reference.descriptor())) {
        judge(reference, from);
      }
    }

    private void judge(Reference reference, String from) {
      Optional<ClassShape> owner = shape(reference.owner());
      Mismatch.Reason reason = null;
      String symbol = reference.symbol();
      if (owner.isEmpty()) {
        reason = Mismatch.Reason.MISSING_CLASS;
        symbol = reference.owner().replace('/', '.');
      } else if (reference.form() == Reference.Form.METHOD && owner.get().isInterface() != reference.isInterface()) {
        reason = Mismatch.Reason.INTERFACE_CHANGED;
      } else if (reference.form() != Reference.Form.CLASS) {
        Optional<Boolean> isStatic = find(reference, owner.get());
        if (isStatic.isEmpty()) {
          reason =
              reference.form() == Reference.Form.METHOD ? Mismatch.Reason.MISSING_METHOD : Mismatch.Reason.MISSING_FIELD;
        } else if (isStatic.get() != reference.isStatic()) {
          reason = Mismatch.Reason.STATIC_CHANGED;
        }
      }
      if (reason != null) {
        mismatches.add(new Mismatch(reason, symbol, from.replace('/', '.'), reference.line()));
      }
    }

    /** Whether the member found for a reference is static; empty where neither the class nor a parent has it. */
    private Optional<Boolean> find(Reference reference, ClassShape owner) {
      String key = reference.name() + reference.descriptor();
      Set<String> visited = new HashSet<>();
      Deque<ClassShape> candidates = new ArrayDeque<>(List.of(owner));
      // An interface has Object's public methods although Object is not its parent.
      shape("java/lang/Object").ifPresent(candidates::add);
      while (!candidates.isEmpty()) {
        ClassShape candidate = candidates.remove();
        Boolean isStatic = (reference.form() == Reference.Form.METHOD ? candidate.methods() : candidate.fields()).get(key);
        if (isStatic != null) {
          return Optional.of(isStatic);
        }
        for (String parent : candidate.parents()) {
          if (visited.add(parent)) {
            // A parent that is not there is a fault of the host's own, which the plugin is not to be blamed for.
            shape(parent).ifPresent(candidates::add);
          }
        }
      }
      return Optional.empty();
    }

    private Optional<ClassShape> shape(String internalName) {
      String className = internalName.replace('/', '.');
      return shapes
          .computeIfAbsent(loader.sourceOf(className), source -> new HashMap<>())
          .computeIfAbsent(internalName, name -> readShape(className));
    }

    private Optional<ClassShape> readShape(String className) {
      if (loader.sourceOf(className) == ClassLoader.getPlatformClassLoader()) {
        try {
          return Optional.of(ClassShape.of(Class.forName(className, false, ClassLoader.getPlatformClassLoader())));
        } catch (ClassNotFoundException | LinkageError e) {
          return Optional.empty();
        }
      }
      byte[] classFile = read(className.replace('.', '/'));
      return classFile == null ? Optional.empty() : Optional.of(ClassShape.of(classFile));
    }

    private byte @Nullable [] read(String internalName) {
      try {
        return loader.classBytes(internalName.replace('/', '.'));
      } catch (IOException e) {
        throw new UncheckedIOException("The class file of " + internalName.replace('/', '.') + " cannot be read", e);
      }
    }
  }
}
