package dev.graft.registry.isolation;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;

/** A jar that is read from a copy. Its URLs look like the jar's own, and read the copy too. */
final class CopiedJarLibrary extends JarLibrary {
  /** By the version alone: the same bytes at the same place are the same jar. */
  private record Version(Path path, Object version) {}

  CopiedJarLibrary(Path origin, Path copy, Object version) throws IOException {
    super(origin, copy, "", new Version(origin.toAbsolutePath(), version));
  }

  @Override
  URL url(String text, String entry) throws MalformedURLException {
    return new URL(null, text, new Reading(this, entry));
  }

  /** Gives the bytes of one entry, whatever lies at the jar's place. */
  private static final class Reading extends URLStreamHandler {
    private final JarLibrary library;
    private final String entry;

    Reading(JarLibrary library, String entry) {
      this.library = library;
      this.entry = entry;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {
          connected = true; // the copy is open
        }

        @Override
        public InputStream getInputStream() throws IOException {
          byte[] bytes = library.read(entry);
          if (bytes == null) {
            throw new FileNotFoundException(url.toString());
          }
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
