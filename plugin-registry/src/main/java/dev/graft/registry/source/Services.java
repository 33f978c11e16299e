package dev.graft.registry.source;

import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.loading.PluginBundle;
import dev.graft.registry.loading.PluginFolders;
import dev.graft.registry.loading.PluginLoading;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.spi.ExtensionKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The services files of the jars in the plugin folders. */
record Services(
    RegistryConfiguration configuration,
    PluginFolders folders,
    PluginLoading loading,
    ClassSearch search)
    implements PluginSource {
  @Override
  public List<Candidate> candidates(Set<String> named, Consumer<Refusal> refusals) {
    List<Candidate> candidates = new ArrayList<>();
    Set<String> done = new HashSet<>(named);
    for (PluginBundle bundle : folders.bundles()) {
      boolean required = configuration.settingsOf(bundle.origin().id()).required();
      try {
        Map<String, Optional<ExtensionKind>> services = new TreeMap<>(loading.serviceNames(bundle));
        services.forEach(
            (service, kind) -> {
              for (String className : ServicesFiles.providers(bundle, service)) {
                if (done.add(className)) {
                  candidates.add(
                      new Candidate(
                          className,
                          required,
                          () -> search.only(className, kind.orElse(null), bundle)));
                }
              }
            });
      } catch (GraftException e) {
        refusals.accept(new Refusal(bundle.origin().location(), e.code(), e.text(), required));
      }
    }
    return candidates;
  }
}
