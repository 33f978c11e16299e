package dev.graft.builtin.filesystem;

import dev.graft.builtin.v1.RenameFile;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

class RenameFileContractIT extends FileSystemContract {
  @Override
  protected Object plugin() {
    return new RenameFilePlugin();
  }

  @Override
  protected Arbitrary<RenameFile> messages() {
    Arbitrary<String> files =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.of(FolderForContracts.MOVABLE)), Tuple.of(1, PATHS));
    Arbitrary<String> places =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.of(FolderForContracts.MOVABLE).map(file -> file + "-moved")),
            Tuple.of(1, PATHS));
    return Combinators.combine(files, places)
        .as((path, to) -> RenameFile.newBuilder().setPath(path).setTo(to).build());
  }
}
