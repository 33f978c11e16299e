package dev.graft.registry.linkage;

import dev.graft.registry.isolation.IsolatedClassLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The classes above plugins, read but not loaded, each as the loader that defines it sees it: a
 * parent of the host's class is the host's, though the plugin may carry another class of that name.
 * Not safe for use by several threads.
 */
final class HostShapes {
  /** What was found of a member. */
  enum Member {
    STATIC,
    INSTANCE,
    MISSING,
    /**
     * A parent is not there, so nobody can tell. That is a fault of the host's own, which a plugin
     * is not to be blamed for.
     */
    UNKNOWN
  }

  private final Map<ClassLoader, Map<String, Optional<ClassShape>>> shapes = new HashMap<>();

  /** A class as a loader sees it; names are in internal form. */
  Optional<ClassShape> shape(ClassLoader loader, String name) {
    Map<String, Optional<ClassShape>> known =
        shapes.computeIfAbsent(loader, key -> new HashMap<>());
    Optional<ClassShape> shape = known.get(name);
    if (shape == null) {
      shape = read(loader, name);
      known.put(name, shape);
    }
    return shape;
  }

  /** The member that a reference leads to: of the class itself, or of the nearest parent. */
  Member find(Reference reference, ClassShape owner, ClassLoader loader) {
    record Candidate(ClassShape shape, ClassLoader loader) {}
    String key = reference.name() + reference.descriptor();
    Set<String> visited = new HashSet<>();
    Deque<Candidate> candidates = new ArrayDeque<>();
    candidates.add(new Candidate(owner, loader));
    // An interface has Object's public methods although Object is not its parent.
    shape(ClassLoader.getPlatformClassLoader(), "java/lang/Object")
        .ifPresent(
            object -> candidates.add(new Candidate(object, ClassLoader.getPlatformClassLoader())));
    boolean complete = true;
    while (!candidates.isEmpty()) {
      Candidate candidate = candidates.remove();
      boolean isMethod = reference.form() == Reference.Form.METHOD;
      Boolean isStatic =
          (isMethod ? candidate.shape().methods() : candidate.shape().fields()).get(key);
      if (isStatic != null) {
        return isStatic ? Member.STATIC : Member.INSTANCE;
      }
      if (reference.name().equals("<init>")) {
        return Member.MISSING; // constructors are not inherited
      }
      for (String parent : candidate.shape().parents()) {
        if (visited.add(parent)) {
          ClassLoader parentLoader = definer(candidate.loader(), parent);
          Optional<ClassShape> shape = shape(parentLoader, parent);
          shape.ifPresent(present -> candidates.add(new Candidate(present, parentLoader)));
          complete &= shape.isPresent();
        }
      }
    }
    return complete ? Member.MISSING : Member.UNKNOWN;
  }

  private static ClassLoader definer(ClassLoader loader, String name) {
    return loader instanceof IsolatedClassLoader isolated
        ? isolated.sourceOf(name.replace('/', '.'))
        : loader;
  }

  private static Optional<ClassShape> read(ClassLoader loader, String name) {
    String className = name.replace('/', '.');
    if (loader == ClassLoader.getPlatformClassLoader()) {
      try {
        return Optional.of(ClassShape.of(Class.forName(className, false, loader)));
      } catch (ClassNotFoundException | LinkageError e) {
        return Optional.empty();
      }
    }
    try {
      byte[] classFile =
          loader instanceof IsolatedClassLoader isolated
              ? isolated.classBytes(className)
              : resource(loader, name);
      return classFile == null ? Optional.empty() : Optional.of(ClassShape.of(classFile));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The class file of the server's " + className + " cannot be read", e);
    }
  }

  private static byte @Nullable [] resource(ClassLoader loader, String name) throws IOException {
    URL url = loader.getResource(name + ".class");
    if (url == null) {
      return null;
    }
    try (InputStream in = url.openStream()) {
      return in.readAllBytes();
    }
  }
}
