package dev.graft.generate.java;

import dev.graft.generate.Emitter;
import dev.graft.generate.GeneratedFile;
import dev.graft.generate.model.ClientFile;
import java.util.ArrayList;
import java.util.List;

/** Java: a class for each {@code .proto} file, in the folder of its package. */
public final class JavaEmitter implements Emitter {
  /** An emitter; it has no state. */
  public JavaEmitter() {}

  @Override
  public String language() {
    return "java";
  }

  @Override
  public List<GeneratedFile> emit(List<ClientFile> clients) {
    List<String> sources = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    for (ClientFile client : clients) {
      ClassWriter writer = new ClassWriter(client);
      paths.add(writer.path());
      sources.add(writer.write());
    }
    List<String> formatted = JavaFormatter.format(sources);
    List<GeneratedFile> files = new ArrayList<>();
    for (int index = 0; index < paths.size(); index++) {
      files.add(new GeneratedFile(paths.get(index), formatted.get(index)));
    }
    return files;
  }
}
