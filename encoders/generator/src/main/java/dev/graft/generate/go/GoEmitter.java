package dev.graft.generate.go;

import dev.graft.generate.Emitter;
import dev.graft.generate.GeneratedFile;
import dev.graft.generate.model.ClientFile;
import java.util.ArrayList;
import java.util.List;

/** Go: a package for each {@code .proto} file, in a folder of its name. */
public final class GoEmitter implements Emitter {
  /** An emitter; it has no state. */
  public GoEmitter() {}

  @Override
  public String language() {
    return "go";
  }

  @Override
  public List<GeneratedFile> emit(List<ClientFile> clients) {
    var packages = GoNames.packages();
    List<GeneratedFile> files = new ArrayList<>();
    for (ClientFile client : clients) {
      String name = packages.of(GoNames.packageName(client.name()), client.protoFile());
      files.add(new GeneratedFile(name + "/" + name + ".go", new FileWriter(client, name).write()));
    }
    return files;
  }
}
