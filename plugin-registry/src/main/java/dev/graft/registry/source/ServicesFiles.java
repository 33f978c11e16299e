package dev.graft.registry.source;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.isolation.Library;
import dev.graft.registry.loading.PluginBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the services files of a bundle name. They are read here rather than by ServiceLoader, which
 * would load a class before its references are checked.
 */
public final class ServicesFiles {
  private static final String FOLDER = "META-INF/services/";

  /** How the services files of all plugin interfaces begin, those of the typed API too. */
  private static final String PLUGIN_INTERFACES = FOLDER + "dev.graft.";

  private ServicesFiles() {}

  /**
   * The classes that are named as providers of a service, in order.
   *
   * @throws GraftException with {@link ErrorCode#GRAFT_JAR_UNREADABLE} if a file cannot be read
   */
  static List<String> providers(PluginBundle bundle, String service) {
    List<String> names = new ArrayList<>();
    for (Library library : bundle.libraries()) {
      names.addAll(read(library, FOLDER + service));
    }
    return names;
  }

  /**
   * The classes that are named as providers of any interface of plugins, in alphabetical order;
   * none is loaded.
   *
   * @throws GraftException with {@link ErrorCode#GRAFT_JAR_UNREADABLE} if a file cannot be read
   */
  public static List<String> plugins(PluginBundle bundle) {
    List<String> names = new ArrayList<>();
    for (Library library : bundle.libraries()) {
      for (String path : library.paths()) {
        if (path.startsWith(PLUGIN_INTERFACES)) {
          names.addAll(read(library, path));
        }
      }
    }
    return names.stream().distinct().sorted().toList();
  }

  private static List<String> read(Library library, String path) {
    try {
      byte[] file = library.read(path);
      if (file == null) {
        return List.of();
      }
      return new String(file, StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new GraftException(
          ErrorCode.GRAFT_JAR_UNREADABLE,
          "The services file "
              + path.substring(FOLDER.length())
              + " in "
              + library
              + " cannot be read ("
              + e.getMessage()
              + "). Copy the jar again.",
          e);
    }
  }
}
