package dev.graft.builtin.filesystem;

import dev.graft.builtin.v1.DeleteFile;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

class DeleteFileContractIT extends FileSystemContract {
  @Override
  protected Object plugin() {
    return new DeleteFilePlugin();
  }

  @Override
  protected Arbitrary<DeleteFile> messages() {
    return Combinators.combine(PATHS, TRUTHS)
        .as(
            (path, recursive) ->
                DeleteFile.newBuilder().setPath(path).setRecursive(recursive).build());
  }
}
