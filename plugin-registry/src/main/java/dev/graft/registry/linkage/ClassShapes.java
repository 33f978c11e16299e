package dev.graft.registry.linkage;

import dev.graft.registry.isolation.IsolatedClassLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
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
 * Classes, read but not loaded, each as the loader that defines it sees it: a parent of the host's
 * class is the host's, though the plugin may carry another class of that name. Not safe for use by
 * several threads.
 */
final class ClassShapes {
  /** What was found of a member. */
  enum Member {
    STATIC,
    INSTANCE,
    /** It is private, or for its own package. */
    UNREACHABLE,
    MISSING,
    /**
     * A parent is not there, so nobody can tell. The host's own classes are incomplete then, for
     * which a plugin is not to blame.
     */
    UNKNOWN
  }

  /** A class and the loader that defines it. */
  record Defined(String name, ClassShape shape, ClassLoader loader) {}

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

  /** A class that another refers to, with the loader that the reference leads to. */
  Optional<Defined> seenFrom(ClassLoader loader, String name) {
    ClassLoader definer = definer(loader, name);
    return shape(definer, name).map(shape -> new Defined(name, shape, definer));
  }

  /**
   * The member that a reference leads to: of the class itself, or of the nearest parent.
   *
   * @param loader the owner's
   * @param from the class that makes the reference
   */
  Member find(Reference reference, ClassShape owner, ClassLoader loader, Defined from) {
    String key = reference.name() + reference.descriptor();
    Set<String> visited = new HashSet<>();
    Deque<Defined> candidates = new ArrayDeque<>();
    candidates.add(new Defined(reference.owner(), owner, loader));
    // An interface has Object's public methods although Object is not its parent.
    seenFrom(ClassLoader.getPlatformClassLoader(), "java/lang/Object").ifPresent(candidates::add);
    boolean complete = true;
    while (!candidates.isEmpty()) {
      Defined candidate = candidates.remove();
      boolean isMethod = reference.form() == Reference.Form.METHOD;
      Integer modifiers =
          (isMethod ? candidate.shape().methods() : candidate.shape().fields()).get(key);
      if (modifiers != null) {
        return member(modifiers, candidate, from);
      }
      if (reference.name().equals("<init>")) {
        return Member.MISSING; // constructors are not inherited
      }
      for (String parent : candidate.shape().parents()) {
        if (visited.add(parent)) {
          Optional<Defined> defined = seenFrom(candidate.loader(), parent);
          defined.ifPresent(candidates::add);
          complete &= defined.isPresent();
        }
      }
    }
    return complete ? Member.MISSING : Member.UNKNOWN;
  }

  private static Member member(int modifiers, Defined declaring, Defined from) {
    if (!isReachable(modifiers, declaring, from)) {
      return Member.UNREACHABLE;
    }
    return Modifier.isStatic(modifiers) ? Member.STATIC : Member.INSTANCE;
  }

  /**
   * Whether a class may use another, or a member of another.
   *
   * @param modifiers those of the class or member
   * @param declaring the class, or the one that has the member
   */
  static boolean isReachable(int modifiers, Defined declaring, Defined from) {
    if (ClassShape.isReachable(modifiers)) {
      return true;
    }
    if (declaring.loader() != from.loader()) {
      return false;
    }
    return Modifier.isPrivate(modifiers)
        ? declaring.shape().host().equals(from.shape().host())
        : ClassShape.packageOf(declaring.name()).equals(ClassShape.packageOf(from.name()));
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
      throw new UncheckedIOException("The class file of " + className + " cannot be read", e);
    } catch (RuntimeException e) {
      // The reader trusts what it reads, so a damaged class file shows as an exception of any kind.
      // The walk that comes to the class says that it is damaged.
      return Optional.empty();
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
