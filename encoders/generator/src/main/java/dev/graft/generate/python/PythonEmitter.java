package dev.graft.generate.python;

import dev.graft.generate.Emitter;
import dev.graft.generate.GeneratedFile;
import dev.graft.generate.model.ClientFile;
import java.util.List;

/** Python: a module for each {@code .proto} file. */
public final class PythonEmitter implements Emitter {
  /** An emitter; it has no state. */
  public PythonEmitter() {}

  @Override
  public String language() {
    return "python";
  }

  @Override
  public List<GeneratedFile> emit(List<ClientFile> clients) {
    return clients.stream()
        .map(
            client ->
                new GeneratedFile(
                    PythonNames.module(client.name()) + ".py", new ModuleWriter(client).write()))
        .toList();
  }
}
