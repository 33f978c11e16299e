package dev.graft.registry.linkage;

import dev.graft.registry.isolation.IsolatedClassLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The class files of one plugin's jars, each read once. Names are in internal form. */
final class ClassFiles {
  private final IsolatedClassLoader loader;
  private final Map<String, Set<Use>> uses = new HashMap<>();
  private final Set<String> damaged = new HashSet<>();

  ClassFiles(IsolatedClassLoader loader) {
    this.loader = loader;
  }

  /** What a class refers to; empty where it is not there or damaged. */
  Set<Use> uses(String className) {
    Set<Use> known = uses.get(className);
    if (known == null) {
      byte[] classFile = read(className);
      known = classFile == null ? Set.of() : parse(className, classFile);
      uses.put(className, known);
    }
    return known;
  }

  /** Whether a class was asked about and is no class file that can be understood. */
  boolean isDamaged(String className) {
    return damaged.contains(className);
  }

  private Set<Use> parse(String className, byte[] classFile) {
    try {
      return References.in(classFile);
    } catch (RuntimeException e) {
      // The reader trusts what it reads, so a damaged class file shows as an exception of any kind.
      damaged.add(className);
      return Set.of();
    }
  }

  private byte @Nullable [] read(String className) {
    String name = className.replace('/', '.');
    try {
      return loader.classBytes(name);
    } catch (IOException e) {
      throw new UncheckedIOException("The class file of " + name + " cannot be read", e);
    }
  }
}
