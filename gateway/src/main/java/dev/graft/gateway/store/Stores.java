package dev.graft.gateway.store;

import dev.graft.registry.error.FailureText;
import dev.graft.registry.settings.SessionSettings;
import dev.graft.registry.settings.SettingsReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the store that the settings name, with the files that belong to it. */
public final class Stores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft.sessions");
  private static final String COPIES = "loaded";

  private final SessionStore store;
  private final JarFiles files;
  private final Path folder;
  private final @Nullable FileChannel lock;

  private Stores(SessionStore store, JarFiles files, Path folder, @Nullable FileChannel lock) {
    this.store = store;
    this.files = files;
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Opens a store.
   *
   * @throws dev.graft.registry.error.GraftException GRAFT_CONFIGURATION_INVALID if it cannot be
   *     used
   */
  public static Stores open(StoreSettings settings, SessionSettings sessions) {
    Optional<Path> folder = settings.folder();
    try {
      if (folder.isPresent()) {
        return inFolder(Files.createDirectories(folder.get()), sessions.allBytes());
      }
      Path temporary = Files.createTempDirectory("graft-uploads-");
      JarFiles files = new JarFiles(temporary, sessions.allBytes());
      SessionStore store =
          settings
              .database()
              .<SessionStore>map(
                  url -> new PostgresStore(new Database(url, password(settings)), sessions.idle()))
              .orElseGet(() -> new LocalStore(Ledger.NONE));
      return new Stores(store, files, temporary, null);
    } catch (IOException e) {
      throw SettingsReader.invalid(
          "The jars of sessions cannot be kept in "
              + folder.map(Path::toString).orElse("the folder for temporary files")
              + " ("
              + FailureText.ofFile(e)
              + ").");
    }
  }

  private static Optional<String> password(StoreSettings settings) {
    return settings
        .password()
        .map(
            file -> {
              try {
                return Files.readString(file).strip();
              } catch (IOException e) {
                throw SettingsReader.invalid(
                    "The password in " + file + " cannot be read (" + FailureText.ofFile(e) + ").");
              }
            });
  }

  private static Stores inFolder(Path folder, long most) throws IOException {
    FileChannel lock = lock(folder);
    try {
      JarFiles.deleteAll(folder.resolve(COPIES));
      SessionStore store = new LocalStore(ledger(folder));
      JarFiles files = new JarFiles(folder, most);
      Set<SessionJar> expected =
          store.own().values().stream().flatMap(List::stream).collect(Collectors.toSet());
      files.deleteAllBut(expected);
      for (SessionJar jar : expected) {
        if (!files.isSound(jar)) {
          LOG.error(
              "{} is not what it was when a client sent it, and is set aside: the sessions that had"
                  + " it go on without",
              files.file(jar));
          files.setAside(jar);
          store.lost(jar);
        }
      }
      return new Stores(store, files, folder, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** RocksDB is the largest library by far, so an installation may be without it. */
  private static Ledger ledger(Path folder) throws IOException {
    try {
      return FolderLedger.open(folder);
    } catch (NoClassDefFoundError e) {
      throw SettingsReader.invalid(RocksJar.missing());
    }
  }

  /** A folder is one gateway's: another would delete what it does not know of. */
  private static FileChannel lock(Path folder) throws IOException {
    FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (lock.tryLock() != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      // Another gateway of this process has it.
    }
    lock.close();
    throw SettingsReader.invalid(
        "The folder "
            + folder
            + " is used by another gateway. Give each a folder of its own, or all of them a"
            + " database.");
  }

  /** Which session has which jars. */
  public SessionStore store() {
    return store;
  }

  /** The jars. */
  public JarFiles files() {
    return files;
  }

  /** A folder for what need not be there when the gateway starts again. */
  public Path forCopies() {
    return folder.resolve(COPIES);
  }

  /** Where the files are. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    store.close();
    try {
      if (lock == null) {
        JarFiles.deleteAll(folder);
      } else {
        lock.close();
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted", folder, e);
    }
  }
}
