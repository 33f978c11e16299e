package dev.graft.gateway.store;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.session.SessionKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/**
 * A ledger in a RocksDB of its own: the key of a session and its jars, both in JSON. Each write is
 * on the disk before it counts. Safe for use by several threads.
 */
final class RocksLedger implements Ledger {
  private static final int MOST_LOG_FILES = 2;
  private static final long BUFFER = 4L << 20;

  private final Gson json = new Gson();
  private final Options options;
  private final WriteOptions durably;
  private final RocksDB database;

  /**
   * Opens the database of a folder, or makes it. RocksDB's library has been loaded.
   *
   * @throws RocksDBException if it cannot be read
   */
  RocksLedger(Path folder) throws RocksDBException {
    this.durably = new WriteOptions().setSync(true);
    this.options =
        new Options()
            .setCreateIfMissing(true)
            .setParanoidChecks(true)
            // A record may be cut short where the machine has ended; damage elsewhere is told.
            .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
            .setWriteBufferSize(BUFFER)
            .setKeepLogFileNum(MOST_LOG_FILES)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL);
    try {
      this.database = RocksDB.open(options, folder.toString());
    } catch (RocksDBException e) {
      durably.close();
      options.close();
      throw e;
    }
  }

  /**
   * All that was written.
   *
   * @throws JsonParseException if something was that nobody of this kind has written
   * @throws IllegalStateException if the database is damaged
   */
  @Override
  public Map<SessionKey, List<SessionJar>> read() {
    Map<SessionKey, List<SessionJar>> all = new HashMap<>();
    try (RocksIterator entries = database.newIterator()) {
      for (entries.seekToFirst(); entries.isValid(); entries.next()) {
        SessionKey key = json.fromJson(text(entries.key()), SessionKey.class);
        SessionJar[] jars = json.fromJson(text(entries.value()), SessionJar[].class);
        all.put(key, List.of(jars));
      }
      entries.status();
    } catch (RocksDBException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }

  @Override
  public void write(SessionKey session, List<SessionJar> jars) {
    byte[] key = bytes(json.toJson(session));
    try {
      if (jars.isEmpty()) {
        database.delete(durably, key);
      } else {
        database.put(durably, key, bytes(json.toJson(jars)));
      }
    } catch (RocksDBException e) {
      throw new GraftException(
          ErrorCode.GRAFT_STORE_UNAVAILABLE,
          "The gateway cannot write down what sessions have. Try again later; its log says why.",
          e);
    }
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    database.close();
    durably.close();
    options.close();
  }
}
