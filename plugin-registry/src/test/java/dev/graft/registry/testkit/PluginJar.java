package dev.graft.registry.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A plugin jar, from its sources. Each method gives a jar that differs in one thing; nothing is
 * compiled or written before {@link #writeTo}.
 *
 * <pre>{@code
 * PluginJar.of("""
 *     public class TopK implements RelationPlugin<StringValue> { … }
 *     """)
 *     .manifest("Graft-Plugin-Id", "acme")
 *     .writeTo(folder.resolve("acme-1.0.jar"));
 * }</pre>
 *
 * <p>A source without a package declaration is one of {@code acme} and has the usual imports.
 * Immutable.
 */
public final class PluginJar {
  private final Sources sources;
  private final Map<String, String> manifest;
  private final Map<String, byte[]> files;
  private final Map<String, UnaryOperator<byte[]>> changes;

  private PluginJar(
      Sources sources,
      Map<String, String> manifest,
      Map<String, byte[]> files,
      Map<String, UnaryOperator<byte[]>> changes) {
    this.sources = sources;
    this.manifest = Map.copyOf(manifest);
    this.files = Map.copyOf(files);
    this.changes = Map.copyOf(changes);
  }

  /** A jar of these compilation units, compiled against what plugin authors have. */
  public static PluginJar of(String... sources) {
    return new PluginJar(
        new Sources(List.of(sources), ClassPath.ofAuthors()), Map.of(), Map.of(), Map.of());
  }

  /** With other jars on the class path of its compilation, which do not go into it. */
  public PluginJar compiledAgainst(Path... jars) {
    return new PluginJar(sources.against(List.of(jars)), manifest, files, changes);
  }

  /** With a class path of its own for its compilation, in place of what plugin authors have. */
  public PluginJar compiledAgainstNothingBut(List<Path> classPath) {
    return new PluginJar(new Sources(sources.texts(), classPath), manifest, files, changes);
  }

  /** With a main attribute in its manifest. */
  public PluginJar manifest(String name, String value) {
    return new PluginJar(sources, and(manifest, name, value), files, changes);
  }

  /** With a services file. */
  public PluginJar service(String service, String... lines) {
    return file(
        "META-INF/services/" + service, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  /** With one more file. */
  public PluginJar file(String path, byte[] content) {
    return new PluginJar(sources, manifest, and(files, path, content), changes);
  }

  /** With the class file of a class that this test has loaded. */
  public PluginJar copyOf(Class<?> type) {
    String path = type.getName().replace('.', '/') + ".class";
    try (var in = type.getResourceAsStream("/" + path)) {
      if (in == null) {
        throw new AssertionError("There is no class file of " + type);
      }
      return file(path, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiled with a class that did not get into the jar. */
  public PluginJar without(String className) {
    return corrupted(className, classFile -> new byte[0]);
  }

  /** With the bytes of a class changed; an empty array leaves it out. */
  public PluginJar corrupted(String className, UnaryOperator<byte[]> change) {
    return new PluginJar(
        sources, manifest, files, and(changes, className.replace('.', '/') + ".class", change));
  }

  private static <V> Map<String, V> and(Map<String, V> map, String key, V value) {
    Map<String, V> more = new LinkedHashMap<>(map);
    more.put(key, value);
    return more;
  }

  /** Compiles and packs it; returns {@code jar}. */
  public Path writeTo(Path jar) {
    Map<String, byte[]> content = new TreeMap<>(sources.compile());
    for (Map.Entry<String, UnaryOperator<byte[]>> change : changes.entrySet()) {
      byte[] classFile = content.remove(change.getKey());
      if (classFile == null) {
        throw new AssertionError(change.getKey() + " is not among " + content.keySet());
      }
      byte[] changed = change.getValue().apply(classFile.clone());
      if (changed.length > 0) {
        content.put(change.getKey(), changed);
      }
    }
    content.putAll(files);
    Manifest main = new Manifest();
    main.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.forEach(main.getMainAttributes()::putValue);
    try {
      Files.createDirectories(jar.toAbsolutePath().getParent());
      try (OutputStream out = Files.newOutputStream(jar);
          JarOutputStream entries = new JarOutputStream(out, main)) {
        for (String path : new ArrayList<>(content.keySet())) {
          entries.putNextEntry(new JarEntry(path));
          entries.write(content.get(path));
          entries.closeEntry();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jar;
  }
}
