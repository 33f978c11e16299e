package dev.graft.registry.isolation;

import dev.graft.registry.error.PathText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A loader that sees the JDK, what it imports by name, and its own libraries; nothing else. Imports
 * win over its own libraries, so a jar that carries a copy of an imported class cannot split it in
 * two.
 */
public final class IsolatedClassLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  /**
   * The JDK's packages, tried first; a library may add to them ({@code javax.inject}), but not
   * replace them.
   */
  private static final List<String> JDK =
      List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.w3c.", "org.xml.", "org.ietf.");

  /**
   * The packages that the JDK has. A package that begins with one of the prefixes above need not be
   * among them.
   */
  private static final Set<String> JDK_PACKAGES =
      ModuleLayer.boot().modules().stream()
          .flatMap(module -> module.getPackages().stream())
          .collect(Collectors.toUnmodifiableSet());

  private final List<Library> libraries;
  private final List<Import> imports;
  private final Map<Library, ProtectionDomain> domains = new ConcurrentHashMap<>();
  private final Queue<Class<?>> defined = new ConcurrentLinkedQueue<>();

  /**
   * Makes a loader; {@code name} shows in stack traces. Libraries are searched in the order given,
   * as are imports.
   */
  public IsolatedClassLoader(String name, List<Library> libraries, List<Import> imports) {
    super(name, ClassLoader.getPlatformClassLoader());
    this.libraries = List.copyOf(libraries);
    this.imports = List.copyOf(imports);
  }

  /** The loader's own libraries, in the order they are searched. */
  public List<Library> libraries() {
    return libraries;
  }

  /** The classes that this loader has defined so far, but hidden ones. */
  public List<Class<?>> defined() {
    return List.copyOf(defined);
  }

  /**
   * Defines a class of Graft's own in this loader, to do what the JDK allows only to classes that
   * lie there.
   *
   * @throws LinkageError if the loader has a class of this name already
   */
  public Class<?> defineOfGraft(Class<?> original) throws IOException {
    String file = original.getSimpleName() + ".class";
    try (InputStream in = original.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("Graft has no " + file);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(original.getName(), bytes, 0, bytes.length);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> type = findLoadedClass(name);
      if (type == null) {
        type = find(name);
      }
      if (resolve) {
        resolveClass(type);
      }
      return type;
    }
  }

  private Class<?> find(String name) throws ClassNotFoundException {
    if (isJdk(name)) {
      try {
        return getParent().loadClass(name);
      } catch (ClassNotFoundException e) {
        return findClass(name);
      }
    }
    Import source = importOf(name);
    return source == null ? findClass(name) : source.from().loadClass(name);
  }

  /**
   * Where a class of this name is taken from, or null where it comes from the loader's own
   * libraries.
   */
  @Nullable Import importOf(String className) {
    for (Import candidate : imports) {
      if (candidate.covers(className)) {
        return candidate;
      }
    }
    return null;
  }

  private static boolean isJdk(String name) {
    for (String prefix : JDK) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/') + ".class";
    for (Library library : libraries) {
      try {
        byte[] bytes = library.read(path);
        if (bytes != null) {
          Class<?> type = defineClass(name, bytes, 0, bytes.length, domain(library));
          defined.add(type);
          return type;
        }
      } catch (IOException e) {
        throw new ClassNotFoundException(name + " could not be read from " + fileName(library), e);
      }
    }
    throw new ClassNotFoundException(
        name + " is not in " + libraries.stream().map(IsolatedClassLoader::fileName).toList());
  }

  /** Without the path: a plugin may show clients the text of its ClassNotFoundException. */
  private static String fileName(Library library) {
    return PathText.lastPart(library.toString());
  }

  private ProtectionDomain domain(Library library) {
    return domains.computeIfAbsent(
        library,
        key -> {
          try {
            return new ProtectionDomain(
                new CodeSource(key.origin().toUri().toURL(), (Certificate[]) null),
                null,
                this,
                null);
          } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /**
   * The loader that a class of this name comes from, which may be this one; says nothing of whether
   * there is such a class.
   */
  public ClassLoader sourceOf(String className) {
    if (isJdk(className)) {
      String packageName = className.substring(0, Math.max(0, className.lastIndexOf('.')));
      return JDK_PACKAGES.contains(packageName) ? getParent() : this;
    }
    Import source = importOf(className);
    return source == null ? this : source.from();
  }

  /** The bytes of a class as this loader would load it, or null where it would not find it. */
  public byte @Nullable [] classBytes(String className) throws IOException {
    String path = className.replace('.', '/') + ".class";
    ClassLoader source = sourceOf(className);
    if (source == this) {
      return readOwn(path);
    }
    if (source instanceof IsolatedClassLoader isolated) {
      return isolated.classBytes(className);
    }
    URL url = source.getResource(path);
    if (url == null) {
      return null;
    }
    try (var in = url.openStream()) {
      return in.readAllBytes();
    }
  }

  private byte @Nullable [] readOwn(String path) throws IOException {
    for (Library library : libraries) {
      byte[] bytes = library.read(path);
      if (bytes != null) {
        return bytes;
      }
    }
    return null;
  }

  /** Of its own libraries without a URL, by which the JDK would open the jar once more. */
  @Override
  public @Nullable InputStream getResourceAsStream(String path) {
    String className = path.replace('/', '.');
    if (isJdk(className) || importOf(className) != null) {
      return super.getResourceAsStream(path);
    }
    try {
      byte[] bytes = readOwn(path);
      return bytes == null ? null : new ByteArrayInputStream(bytes);
    } catch (IOException e) {
      return null; // as the JDK's own loaders do
    }
  }

  @Override
  public @Nullable URL getResource(String path) {
    String className = path.replace('/', '.');
    if (isJdk(className)) {
      URL url = getParent().getResource(path);
      return url == null ? findResource(path) : url;
    }
    Import source = importOf(className);
    return source == null ? findResource(path) : source.from().getResource(path);
  }

  /** As {@link #getResource} does: from where a class of that name would come from. */
  @Override
  public Enumeration<URL> getResources(String path) throws IOException {
    String className = path.replace('/', '.');
    if (isJdk(className)) {
      Enumeration<URL> urls = getParent().getResources(path);
      return urls.hasMoreElements() ? urls : findResources(path);
    }
    Import source = importOf(className);
    return source == null ? findResources(path) : source.from().getResources(path);
  }

  @Override
  protected @Nullable URL findResource(String path) {
    for (Library library : libraries) {
      URL url = library.url(path);
      if (url != null) {
        return url;
      }
    }
    return null;
  }

  @Override
  protected Enumeration<URL> findResources(String path) {
    List<URL> urls = new ArrayList<>();
    for (Library library : libraries) {
      URL url = library.url(path);
      if (url != null) {
        urls.add(url);
      }
    }
    return Collections.enumeration(urls);
  }
}
