package dev.graft.builtin.filesystem;

import dev.graft.builtin.v1.FileExists;
import net.jqwik.api.Arbitrary;

class FileExistsContractIT extends FileSystemContract {
  @Override
  protected Object plugin() {
    return new FileExistsPlugin();
  }

  @Override
  protected Arbitrary<FileExists> messages() {
    return PATHS.map(path -> FileExists.newBuilder().setPath(path).build());
  }
}
