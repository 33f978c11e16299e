package dev.graft.registry.source;

import dev.graft.registry.error.Refusal;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.spi.ExtensionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Spark's own keys: a list of classes for each kind. */
record ClassLists(RegistryConfiguration configuration, ClassSearch search) implements PluginSource {
  @Override
  public List<Candidate> candidates(Set<String> named, Consumer<Refusal> refusals) {
    List<Candidate> candidates = new ArrayList<>();
    for (ExtensionKind kind : ExtensionKind.values()) {
      for (String className : configuration.classLists().getOrDefault(kind, List.of())) {
        candidates.add(
            new Candidate(className, configuration.required(), () -> search.find(className, kind)));
      }
    }
    return candidates;
  }
}
