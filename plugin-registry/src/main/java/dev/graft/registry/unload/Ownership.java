package dev.graft.registry.unload;

import dev.graft.registry.isolation.IsolatedClassLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What belongs to a plugin: objects of its classes, and loaders that look into its own. */
final class Ownership {
  private final IsolatedClassLoader loader;

  Ownership(IsolatedClassLoader loader) {
    this.loader = loader;
  }

  boolean has(@Nullable Object object) {
    return object != null && hasLoader(object.getClass().getClassLoader());
  }

  boolean hasLoader(@Nullable ClassLoader candidate) {
    for (ClassLoader each = candidate; each != null; each = each.getParent()) {
      if (each == loader) {
        return true;
      }
    }
    return false;
  }

  /** Whether the plugin has defined a class of this type, so that there can be an object of it. */
  boolean hasClassOf(Class<?> type) {
    return loader.defined().stream().anyMatch(type::isAssignableFrom);
  }

  /** The class of a thread's innermost call of the plugin; null where it is in none. */
  @Nullable String classOnStack(Thread thread) {
    Set<String> names =
        loader.defined().stream().map(Class::getName).collect(Collectors.toUnmodifiableSet());
    for (StackTraceElement call : thread.getStackTrace()) {
      if (names.contains(call.getClassName())
          && String.valueOf(loader.getName()).equals(call.getClassLoaderName())) {
        return call.getClassName();
      }
    }
    return null;
  }

  /** A class as its author knows it: a lambda is of the class that it stands in. */
  static String name(Object object) {
    return object.getClass().getName().replaceFirst("\\$\\$Lambda.*", "");
  }
}
