package dev.graft.gateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens what is written down in a folder. This class and those it alone uses need RocksDB; nothing
 * else of a gateway does.
 */
final class FolderLedger {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft.sessions");
  private static final String LEDGER = "sessions.rocksdb";
  private static final String JARS = "jars";

  private FolderLedger() {}

  /**
   * Opens it; what is damaged is set aside, with the jars that it was about.
   *
   * @throws dev.graft.registry.error.GraftException GRAFT_CONFIGURATION_INVALID if RocksDB does not
   *     run on this machine
   */
  static Ledger open(Path folder) throws IOException {
    RocksLibrary.load(folder);
    Path database = folder.resolve(LEDGER);
    try {
      return readable(database);
    } catch (RocksDBException | RuntimeException e) {
      Path aside = aside(folder);
      LOG.error(
          "What is known of sessions in {} is damaged, and is set aside in {} with their jars: the"
              + " sessions go on without plugins",
          folder,
          aside.getFileName(),
          e);
      Files.createDirectory(aside);
      for (String part : List.of(LEDGER, JARS)) {
        if (Files.exists(folder.resolve(part))) {
          Files.move(folder.resolve(part), aside.resolve(part));
        }
      }
      try {
        return new RocksLedger(database);
      } catch (RocksDBException again) {
        throw new IOException(again);
      }
    }
  }

  private static Ledger readable(Path database) throws RocksDBException {
    RocksLedger ledger = new RocksLedger(database);
    try {
      ledger.read();
      return ledger;
    } catch (RuntimeException e) {
      ledger.close();
      throw e;
    }
  }

  private static Path aside(Path folder) {
    int number = 1;
    while (Files.exists(folder.resolve("damaged-" + number))) {
      number++;
    }
    return folder.resolve("damaged-" + number);
  }
}
