package dev.graft.builtin.filesystem;

import dev.graft.builtin.v1.MakeFolder;
import net.jqwik.api.Arbitrary;

class MakeFolderContractIT extends FileSystemContract {
  @Override
  protected Object plugin() {
    return new MakeFolderPlugin();
  }

  @Override
  protected Arbitrary<MakeFolder> messages() {
    return PATHS.map(path -> MakeFolder.newBuilder().setPath(path).build());
  }
}
