package dev.graft.generate.typescript;

import dev.graft.generate.Emitter;
import dev.graft.generate.GeneratedFile;
import dev.graft.generate.model.ClientFile;
import java.util.List;

/** TypeScript: a module for each {@code .proto} file. */
public final class TypeScriptEmitter implements Emitter {
  /** An emitter; it has no state. */
  public TypeScriptEmitter() {}

  @Override
  public String language() {
    return "typescript";
  }

  @Override
  public List<GeneratedFile> emit(List<ClientFile> clients) {
    return clients.stream()
        .map(
            client ->
                new GeneratedFile(client.name().snake() + ".ts", new ModuleWriter(client).write()))
        .toList();
  }
}
