package dev.graft.generate.rust;

import dev.graft.generate.Emitter;
import dev.graft.generate.GeneratedFile;
import dev.graft.generate.model.ClientFile;
import java.util.ArrayList;
import java.util.List;

/** Rust: a module for each {@code .proto} file. */
public final class RustEmitter implements Emitter {
  /** An emitter; it has no state. */
  public RustEmitter() {}

  @Override
  public String language() {
    return "rust";
  }

  @Override
  public List<GeneratedFile> emit(List<ClientFile> clients) {
    var modules = RustNames.modules();
    List<GeneratedFile> files = new ArrayList<>();
    for (ClientFile client : clients) {
      String name = modules.of(client.name().snake(), client.protoFile());
      files.add(new GeneratedFile(name + ".rs", new FileWriter(client).write()));
    }
    return files;
  }
}
