package dev.graft.gateway.store;

import dev.graft.registry.settings.SettingsReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * RocksDB's native library, in the folder of the store. RocksDB itself would write it to the folder
 * for temporary files with each start, where it stays if the process is killed.
 */
final class RocksLibrary {
  private RocksLibrary() {}

  /**
   * Loads it, if that has not been done in this process.
   *
   * @throws dev.graft.registry.error.GraftException GRAFT_CONFIGURATION_INVALID if there is none
   *     for this machine
   */
  static void load(Path folder) throws IOException {
    Path own = folder.resolve("native");
    JarFiles.deleteAll(own); // of another version, perhaps
    Files.createDirectory(own);
    try {
      extract(own);
      RocksDB.loadLibrary(List.of(own.toString()));
    } catch (UnsatisfiedLinkError | FileNotFoundException e) {
      throw SettingsReader.invalid(
          "RocksDB does not run on this machine (" + e.getMessage() + "). Use a database instead.");
    }
  }

  private static void extract(Path target) throws IOException {
    String name = Environment.getJniLibraryFileName("rocksdb");
    try (InputStream in = RocksDB.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException("it has no " + name);
      }
      // As RocksDB calls it where it is to look for it.
      Files.copy(in, target.resolve(Environment.getJniLibraryFileName("rocksdbjni")));
    }
  }
}
