package dev.graft.registry.source;

import dev.graft.registry.isolation.Library;
import dev.graft.registry.loading.PluginBundle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which bundles have a class. Were each asked for each class, a server with many plugins would ask
 * as often as the square of their number. So what lies in small jars is listed once; a jar with
 * more in it than there are bundles is asked, which costs less than its list. Used by one thread.
 */
final class ClassHolders {
  /** Lists take memory: a jar with more than this is asked however many bundles there are. */
  private static final int MOST_LISTED = 256;

  /** Where a jar has classes for later versions of Java. */
  private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/\\d+/");

  private final List<PluginBundle> asked = new ArrayList<>();
  private final Map<String, List<PluginBundle>> listed = new HashMap<>();
  private final List<PluginBundle> bundles;

  /** Of these, in their order. */
  ClassHolders(List<PluginBundle> bundles) {
    this.bundles = bundles;
    int most = Math.min(bundles.size(), MOST_LISTED);
    for (PluginBundle bundle : bundles) {
      if (bundle.libraries().stream().mapToLong(Library::size).sum() < most) {
        list(bundle);
      } else {
        asked.add(bundle);
      }
    }
  }

  private void list(PluginBundle bundle) {
    for (Library library : bundle.libraries()) {
      for (String path : library.paths()) {
        listed
            .computeIfAbsent(VERSIONED.matcher(path).replaceFirst(""), each -> new ArrayList<>(1))
            .add(bundle);
      }
    }
  }

  /** Those that have a class. */
  List<PluginBundle> of(String className) {
    String path = className.replace('.', '/') + ".class";
    List<PluginBundle> holders =
        Stream.concat(listed.getOrDefault(path, List.of()).stream().distinct(), asked.stream())
            .filter(bundle -> bundle.contains(className)) // what is listed may be of a later Java
            .toList();
    return holders.size() < 2 ? holders : bundles.stream().filter(holders::contains).toList();
  }
}
