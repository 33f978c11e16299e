package dev.graft.builtin.filesystem;

import dev.graft.testkit.Server;
import dev.graft.testkit.spark.contract.NativePluginContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.lifecycle.BeforeProperty;

/** What the contracts of all commands on files have in common: a folder, and paths around it. */
abstract class FileSystemContract extends NativePluginContract {
  static final Arbitrary<String> PATHS = Arbitraries.of(FolderForContracts.PATHS);
  static final Arbitrary<Boolean> TRUTHS = Arbitraries.of(true, false);

  @Override
  protected Map<String, String> settings() {
    return FolderForContracts.SETTINGS;
  }

  @Override
  protected Object state(Server server) {
    try {
      return FolderForContracts.content();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeProperty
  void fillTheFolder() throws IOException {
    FolderForContracts.fill();
  }
}
