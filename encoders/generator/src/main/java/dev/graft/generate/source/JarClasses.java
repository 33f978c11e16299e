package dev.graft.generate.source;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import dev.graft.generate.reading.DescriptorSet;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The generated classes of a jar, loaded apart from Graft's own: the jar's protobuf counts where it
 * has one, else Graft's. Only bytes come out, so that it does not matter which protobuf made them.
 */
final class JarClasses implements AutoCloseable {
  private final ChildFirst loader;

  JarClasses(Path jar) throws IOException {
    loader = new ChildFirst(jar.toUri().toURL());
  }

  /** A class of the jar, not initialised; empty where it does not link. */
  Optional<Class<?>> load(String name) {
    try {
      return Optional.of(Class.forName(name, false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  /**
   * The full name of the protobuf message that a generated class is for; empty if it is for none,
   * or cannot be initialised.
   */
  Optional<String> messageName(Class<?> type) {
    return call(type, "getDescriptor").flatMap(it -> call(it, "getFullName")).map(String::valueOf);
  }

  /**
   * The files of all outer classes that generated code has, and what they import. Their messages
   * have no comments.
   */
  List<FileDescriptorProto> files(JarFile jar) throws IOException {
    Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
    for (JarEntry entry : Collections.list(jar.entries())) {
      String name = entry.getName();
      if (!name.endsWith(".class")
          || name.contains("$")
          || name.startsWith("META-INF/")
          || name.startsWith("com/google/protobuf/")
          || name.startsWith("org/apache/spark/connect/proto/")) {
        continue;
      }
      Optional<Object> descriptor =
          load(name.substring(0, name.length() - ".class".length()).replace('/', '.'))
              .flatMap(type -> call(type, "getDescriptor"));
      if (descriptor.isPresent()) {
        Optional<Object> file =
            call(descriptor.get(), "getFile").or(() -> Optional.of(descriptor.get()));
        collect(file.get(), files);
      }
    }
    return files.values().stream()
        .sorted((first, second) -> first.getName().compareTo(second.getName()))
        .toList();
  }

  private static void collect(Object file, Map<String, FileDescriptorProto> files)
      throws IOException {
    Deque<Object> left = new ArrayDeque<>(List.of(file));
    while (!left.isEmpty()) {
      Object next = left.remove();
      Optional<byte[]> bytes =
          call(next, "toProto").flatMap(it -> call(it, "toByteArray")).map(byte[].class::cast);
      if (bytes.isEmpty()) {
        continue;
      }
      FileDescriptorProto proto =
          FileDescriptorProto.parseFrom(bytes.get(), DescriptorSet.registry());
      if (SourceFiles.isOwn(proto.getName()) && files.putIfAbsent(proto.getName(), proto) == null) {
        call(next, "getDependencies").ifPresent(it -> left.addAll((List<?>) it));
      }
    }
  }

  /** What a method without parameters returns; empty where there is none, or it fails. */
  private static Optional<Object> call(Object target, String method) {
    boolean isStatic = target instanceof Class<?>;
    Class<?> type = isStatic ? (Class<?>) target : target.getClass();
    try {
      return Optional.ofNullable(type.getMethod(method).invoke(isStatic ? null : target));
    } catch (NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException
        | NullPointerException
        | LinkageError e) {
      // Not generated code, or generated for a protobuf that is not here.
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }

  /** Takes classes from the jar first, so that an older protobuf in it is met by its own. */
  private static final class ChildFirst extends URLClassLoader {
    ChildFirst(URL jar) {
      super(new URL[] {jar}, JarClasses.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("java.") || name.startsWith("javax.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded == null) {
          try {
            loaded = findClass(name);
          } catch (ClassNotFoundException e) {
            return super.loadClass(name, resolve);
          }
        }
        if (resolve) {
          resolveClass(loaded);
        }
        return loaded;
      }
    }
  }
}
