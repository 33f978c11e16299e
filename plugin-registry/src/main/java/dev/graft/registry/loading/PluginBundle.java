package dev.graft.registry.loading;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.invoke.PluginOrigin;
import dev.graft.registry.isolation.Library;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What gets one class loader: a jar, or a folder with jars in it.
 *
 * <p>The plugin id is the manifest's {@code Graft-Plugin-Id}, or else the file's name without its
 * version. The version is the manifest's {@code Implementation-Version}.
 *
 * @param origin id, version and place
 * @param libraries its jars
 */
public record PluginBundle(PluginOrigin origin, List<Library> libraries) {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");
  private static final Attributes.Name ID = new Attributes.Name("Graft-Plugin-Id");
  private static final Pattern VALID_ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
  private static final Pattern VERSION_IN_NAME = Pattern.compile("-\\d.*$");
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  public PluginBundle {
    libraries = List.copyOf(libraries);
  }

  /**
   * Opens a jar or a folder of jars.
   *
   * @param verification what is demanded of each jar
   * @throws GraftException with {@link ErrorCode#GRAFT_JAR_UNREADABLE} if it cannot be read, with
   *     {@link ErrorCode#GRAFT_JAR_UNTRUSTED} if one of its jars is not what is demanded, with
   *     {@link ErrorCode#GRAFT_CONFIGURATION_INVALID} if its manifest gives an id that no
   *     configuration key could hold
   */
  public static PluginBundle open(Path path, Verification verification) {
    Path current = path;
    try {
      List<Library> libraries = new ArrayList<>();
      for (Path jar : jarsOf(path)) {
        current = jar;
        libraries.add(verification.open(jar));
      }
      return new PluginBundle(origin(path, libraries), libraries);
    } catch (IOException e) {
      throw new GraftException(
          ErrorCode.GRAFT_JAR_UNREADABLE,
          current
              + " is not a readable jar ("
              + FailureText.ofFile(e)
              + "). Copy it again; it may be empty or cut short.",
          e);
    }
  }

  /**
   * Opens a jar or a folder of jars, of which nothing is demanded.
   *
   * @throws GraftException as {@link #open(Path, Verification)} does
   */
  public static PluginBundle open(Path path) {
    return open(path, Verification.NONE);
  }

  /**
   * The plugin id of a jar or folder, which is not kept open.
   *
   * @throws GraftException as {@link #open} does
   */
  public static String idOf(Path path) {
    PluginBundle bundle = open(path);
    bundle.close();
    return bundle.origin().id();
  }

  /** The plugin id of a jar or folder of this name whose manifest has none. */
  public static String idOfName(String fileName) {
    String name = fileName.replaceFirst("\\.jar$", "");
    return VERSION_IN_NAME.matcher(name).replaceFirst("").replaceAll("[^A-Za-z0-9_-]", "-");
  }

  private static List<Path> jarsOf(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      return jars.isEmpty() ? List.of(path) : jars; // a folder without jars is a folder of classes
    }
  }

  private static PluginOrigin origin(Path path, List<Library> libraries) throws IOException {
    String id = "";
    String version = "";
    for (Library library : libraries) {
      byte[] bytes = library.read(MANIFEST);
      Attributes attributes =
          bytes == null
              ? new Attributes()
              : new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
      String named = attributes.getValue(ID);
      if (id.isEmpty() && named != null) {
        id = named.strip();
        version = orEmpty(attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION));
      } else if (libraries.size() == 1) {
        version = orEmpty(attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION));
      }
    }
    if (id.isEmpty()) {
      id = idOfName(String.valueOf(path.getFileName()));
    }
    if (!VALID_ID.matcher(id).matches()) {
      throw new GraftException(
          ErrorCode.GRAFT_CONFIGURATION_INVALID,
          path
              + " has the plugin id '"
              + id
              + "'; an id is 1 to 100 letters, digits, hyphens and underscores.");
    }
    return new PluginOrigin(id, version, path.toString());
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value.strip();
  }

  /** Closes its jars, which nobody may read any more. */
  public void close() {
    for (Library library : libraries) {
      try {
        library.close();
      } catch (IOException e) {
        LOG.debug("{} was not closed", library, e); // nothing is lost: it was only read
      }
    }
  }

  /** Whether one of its jars has a class. */
  public boolean contains(String className) {
    String path = className.replace('.', '/') + ".class";
    return libraries.stream().anyMatch(library -> library.contains(path));
  }
}
