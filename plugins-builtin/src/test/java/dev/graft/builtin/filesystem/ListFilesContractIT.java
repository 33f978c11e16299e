package dev.graft.builtin.filesystem;

import dev.graft.builtin.v1.ListFiles;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

class ListFilesContractIT extends FileSystemContract {
  @Override
  protected Object plugin() {
    return new ListFilesPlugin();
  }

  @Override
  protected Arbitrary<ListFiles> messages() {
    return Combinators.combine(PATHS, TRUTHS, Arbitraries.integers().between(-1, 12))
        .as(
            (path, recursive, limit) ->
                ListFiles.newBuilder()
                    .setPath(path)
                    .setRecursive(recursive)
                    .setLimit(limit)
                    .build());
  }
}
