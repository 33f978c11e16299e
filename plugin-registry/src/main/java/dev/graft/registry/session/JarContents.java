package dev.graft.registry.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/** What can be said about a jar from its table of contents. */
public final class JarContents {
  private static final String SERVICES = "META-INF/services/dev.graft.";

  private JarContents() {}

  /**
   * Whether a jar has services files for plugins. Any other is none of Graft's business, and so is
   * a file that is no jar.
   */
  public static boolean hasPlugins(Path jar) {
    try (JarFile file = new JarFile(jar.toFile(), false, ZipFile.OPEN_READ)) {
      return file.stream().anyMatch(entry -> entry.getName().startsWith(SERVICES));
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
