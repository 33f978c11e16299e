package dev.graft.registry.isolation;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A jar, or a folder inside one. */
class JarLibrary implements Library {
  /** What tells one state of a file from another without reading it. */
  private record Version(Path path, long size, FileTime modified, @Nullable Object key) {
    static Version of(Path path) throws IOException {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      return new Version(path, found.size(), found.lastModifiedTime(), found.fileKey());
    }
  }

  /**
   * Opens URLs of jars past the JDK's cache, which would keep the jar open for ever, and go on
   * reading from it when another has taken its place.
   */
  private static final URLStreamHandler UNCACHED =
      new URLStreamHandler() {
        @Override
        protected URLConnection openConnection(URL url) throws IOException {
          URLConnection connection = new URL(url.toExternalForm()).openConnection();
          connection.setUseCaches(false);
          return connection;
        }
      };

  private final Path path;
  private final String prefix;
  private final Object version;
  private final JarFile jar;

  JarLibrary(Path path, String prefix) throws IOException {
    this(path, path, prefix, Version.of(path.toAbsolutePath()));
  }

  /**
   * A jar whose bytes lie elsewhere. Signatures are not checked here: who demands them has done so.
   */
  JarLibrary(Path path, Path bytes, String prefix, Object version) throws IOException {
    this.path = path.toAbsolutePath();
    this.prefix = prefix;
    this.version = version;
    this.jar = new JarFile(bytes.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
  }

  @Override
  public final byte @Nullable [] read(String path) throws IOException {
    JarEntry entry = jar.getJarEntry(prefix + path);
    if (entry == null || entry.isDirectory()) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  @Override
  public boolean contains(String path) {
    return jar.getEntry(prefix + path) != null;
  }

  @Override
  public @Nullable URL url(String path) {
    JarEntry entry = jar.getJarEntry(prefix + path);
    if (entry == null) {
      return null;
    }
    try {
      return url("jar:" + this.path.toUri().toASCIIString() + "!/" + entry.getRealName(), path);
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The URL of an entry.
   *
   * @param text the entry in the jar at its place
   * @param entry its path, as {@link #read} takes it
   */
  URL url(String text, String entry) throws MalformedURLException {
    return new URL(null, text, UNCACHED);
  }

  @Override
  public List<String> paths() {
    return jar.stream()
        .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(prefix))
        .map(entry -> entry.getName().substring(prefix.length()))
        .toList();
  }

  @Override
  public long size() {
    return jar.size();
  }

  @Override
  public Path origin() {
    return path;
  }

  @Override
  public Optional<Object> version() {
    return Optional.of(version);
  }

  @Override
  public void close() throws IOException {
    jar.close();
  }

  @Override
  public String toString() {
    return prefix.isEmpty() ? path.toString() : path + "!/" + prefix;
  }
}
