package dev.graft.registry.unload;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;

/**
 * Tells whether the collector has looked for classes that nobody uses since the sign was put up:
 * such a class is the sign. What only looks at young objects leaves it standing, and says nothing
 * about class loaders either.
 */
final class CollectorSign {
  /** What the sign is made of. */
  private static final class Made {}

  private final WeakReference<Class<?>> made;

  private CollectorSign(Class<?> made) {
    this.made = new WeakReference<>(made);
  }

  /** Puts up a sign. */
  static CollectorSign put() {
    String file = Made.class.getName().replaceFirst(".*[.]", "") + ".class";
    try (InputStream in = Made.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("Graft has no " + file);
      }
      return new CollectorSign(
          MethodHandles.lookup().defineHiddenClass(in.readAllBytes(), false).lookupClass());
    } catch (IOException | IllegalAccessException e) {
      throw new IllegalStateException("Graft cannot tell when classes are collected", e);
    }
  }

  /** Whether the collector has come by. */
  boolean isGone() {
    return made.get() == null;
  }
}
