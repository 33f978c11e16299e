package dev.graft.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Loads Graft's own classes from a folder inside its jar. They win over what Spark has, and Spark's
 * protobuf and Spark's Connect messages are not seen at all.
 */
final class NestedClassLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final List<String> HIDDEN =
      List.of("org.sparkproject.", "org.apache.spark.connect.proto.", "com.google.protobuf.");

  /**
   * Packages that the folder never has, so that their classes are not looked for in it: asking the
   * jar for each class of Spark and the JDK would cost time at start-up.
   */
  private static final List<String> FROM_PARENT =
      List.of("java.", "scala.", "org.apache.", "org.slf4j.");

  /**
   * Read directly, since start-up would take twice as long through the parent loader and its URLs.
   * It stays open as long as the server runs.
   */
  private final JarFile jar;

  private final String prefix;

  private NestedClassLoader(JarFile jar, String prefix, ClassLoader parent) {
    super("graft", parent);
    this.jar = jar;
    this.prefix = prefix;
  }

  /** A loader over a folder of the jar that this class comes from. */
  static NestedClassLoader open(String prefix) {
    try {
      return new NestedClassLoader(
          new JarFile(jar().toFile(), false), prefix, NestedClassLoader.class.getClassLoader());
    } catch (IOException e) {
      throw new UncheckedIOException("Graft's jar cannot be read", e);
    }
  }

  /** The jar that this class comes from. */
  static Path jar() {
    try {
      return Path.of(
          NestedClassLoader.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (startsWithAny(name, HIDDEN)) {
      throw new ClassNotFoundException(name + " is Spark's own and not seen by Graft");
    }
    if (startsWithAny(name, FROM_PARENT) || isShared(name)) {
      return getParent().loadClass(name);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> type = findLoadedClass(name);
      if (type == null) {
        byte[] bytes = read(name.replace('.', '/') + ".class");
        type =
            bytes == null ? getParent().loadClass(name) : defineClass(name, bytes, 0, bytes.length);
      }
      if (resolve) {
        resolveClass(type);
      }
      return type;
    }
  }

  /**
   * Whether a class is on the side of the bridge that Spark sees: in this package or one below it,
   * but not the host's.
   */
  private static boolean isShared(String name) {
    return name.startsWith("dev.graft.spark.") && !name.startsWith("dev.graft.spark.host.");
  }

  private static boolean startsWithAny(String name, List<String> prefixes) {
    for (String candidate : prefixes) {
      if (name.startsWith(candidate)) {
        return true;
      }
    }
    return false;
  }

  private byte @Nullable [] read(String path) {
    JarEntry entry = jar.getJarEntry(prefix + path);
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL nested = getParent().getResource(prefix + name);
    return nested == null ? getParent().getResource(name) : nested;
  }
}
