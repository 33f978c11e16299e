package dev.graft.cli.doctor;

import dev.graft.registry.error.ClientText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.isolation.Library;
import dev.graft.registry.loading.FolderState;
import dev.graft.registry.loading.PluginBundle;
import dev.graft.registry.loading.PluginFolders;
import dev.graft.registry.loading.Verification;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.spi.ExtensionKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Plugin folders, the jars in them, and the lists that name classes of theirs. */
final class JarLook {
  private static final String JARS = "plugins";
  private static final String LISTS = "class lists";

  private final RegistryConfiguration configuration;
  private final Predicate<String> onClassPath;
  private final List<Finding> findings = new ArrayList<>();

  private JarLook(RegistryConfiguration configuration, Predicate<String> onClassPath) {
    this.configuration = configuration;
    this.onClassPath = onClassPath;
  }

  /**
   * Looks at them. No class is loaded.
   *
   * @param onClassPath whether the server has a class of a name on its own class path
   */
  static List<Finding> of(RegistryConfiguration configuration, Predicate<String> onClassPath) {
    JarLook look = new JarLook(configuration, onClassPath);
    FolderState before = FolderState.of(configuration.pluginPath());
    try {
      look.look(PluginFolders.scan(configuration, Verification.of(configuration)));
    } catch (GraftException e) {
      look.findings.add(Finding.problem(JARS, e));
    }
    for (Path changed : before.differences(FolderState.of(configuration.pluginPath()))) {
      look.findings.add(
          Finding.warning(
              JARS,
              changed + " has changed while it was looked at.",
              "Write jars elsewhere on the same disk, and move them into their place with mv."));
    }
    return look.findings;
  }

  private void look(PluginFolders folders) {
    for (Refusal refusal : folders.refusals()) {
      findings.add(Finding.problem(JARS, refusal.text(), ""));
    }
    for (Path folder : folders.empty()) {
      findings.add(
          Finding.warning(
              JARS,
              folder + " has no jar in it.",
              "Put jars there, or take it out of "
                  + configuration.key(RegistryConfiguration.PATH)
                  + "."));
    }
    if (folders.refusals().isEmpty() && !folders.bundles().isEmpty()) {
      int number = folders.bundles().size();
      findings.add(
          Finding.ok(JARS, number + (number == 1 ? " jar can" : " jars can") + " be read"));
    }
    lists(folders);
    folders.bundles().forEach(PluginBundle::close);
    folders.refused().keySet().forEach(PluginBundle::close);
  }

  private void lists(PluginFolders folders) {
    int found = 0;
    List<String> known = new ArrayList<>();
    for (PluginBundle bundle : folders.bundles()) {
      for (Library library : bundle.libraries()) {
        library.paths().stream()
            .filter(path -> path.endsWith("Plugin.class") && !path.startsWith("META-INF/"))
            .map(path -> path.substring(0, path.length() - ".class".length()).replace('/', '.'))
            .forEach(known::add);
      }
    }
    for (ExtensionKind kind : ExtensionKind.values()) {
      for (String name : configuration.classLists().getOrDefault(kind, List.of())) {
        if (folders.bundles().stream().anyMatch(bundle -> bundle.contains(name))
            || onClassPath.test(name)) {
          found++;
        } else {
          findings.add(missing(name, kind, ClientText.closest(name, known)));
        }
      }
    }
    if (found > 0) {
      findings.add(
          Finding.ok(LISTS, found + (found == 1 ? " class is" : " classes are") + " there"));
    }
  }

  private Finding missing(String name, ExtensionKind kind, List<String> closest) {
    return Finding.problem(
        LISTS,
        ClientText.quote(name)
            + ", which "
            + configuration.key(RegistryConfiguration.classListKey(kind))
            + " names, is in no jar of "
            + configuration.key(RegistryConfiguration.PATH)
            + " that can be read, and not on the server's class path.",
        closest.isEmpty()
            ? "Add its jar, or mend the name."
            : "Did you mean " + String.join(" or ", closest) + "?");
  }
}
