package dev.graft.gateway.session;

import dev.graft.gateway.proxy.CallTap;
import dev.graft.gateway.store.JarFiles;
import dev.graft.gateway.store.SessionJar;
import dev.graft.gateway.store.SessionStore;
import dev.graft.gateway.store.StoreSettings;
import dev.graft.gateway.store.Stores;
import dev.graft.gateway.store.Upload;
import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.session.JarContents;
import dev.graft.registry.session.SessionKey;
import dev.graft.registry.session.SessionPlugins;
import dev.graft.registry.session.SessionStatus;
import dev.graft.registry.settings.SessionSettings;
import dev.graft.registry.wire.WireMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars that clients have added to their sessions through this gateway, and the plugins in them.
 * A session ends when its client releases it, and else when nothing was heard of it for a while:
 * the backend tells nobody when it ends one. Safe for use by several threads; what it does for a
 * call may wait for the disk or a database, and is not for event loops.
 */
public final class SessionJars implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft.sessions");
  private static final int LOOKS_WHILE_IDLE = 10;
  private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);

  private final SessionPlugins plugins;
  private final SessionSettings settings;
  private final StoreSettings where;
  private final Duration idle;
  private final Map<SessionKey, HeldJars> sessions = new ConcurrentHashMap<>();
  private final @Nullable Stores stores;

  /** Write what is uploaded, and wait for it: a slow disk is not felt by other calls. */
  private final ExecutorService threads;

  private final @Nullable ScheduledExecutorService clock;

  /**
   * Those that the store has.
   *
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if the store cannot be opened, or as {@link
   *     SessionPlugins} does
   */
  public static SessionJars open(Registry registry, StoreSettings where) {
    SessionSettings settings = registry.current().configuration().sessions();
    Stores stores = settings.on() ? Stores.open(where, settings) : null;
    try {
      return new SessionJars(registry, settings, where, stores);
    } catch (RuntimeException e) {
      if (stores != null) {
        stores.close(); // its folder is locked, or to be deleted
      }
      throw e;
    }
  }

  private SessionJars(
      Registry registry, SessionSettings settings, StoreSettings where, @Nullable Stores stores) {
    this.settings = settings;
    this.where = where;
    this.idle = settings.idle();
    this.stores = stores;
    this.plugins = new SessionPlugins(registry, Optional.ofNullable(stores).map(Stores::forCopies));
    if (stores != null) {
      store().own().forEach((key, jars) -> held(key).only(jars));
    }
    this.threads = Executors.newFixedThreadPool(THREADS, task -> daemon("graft-sessions", task));
    this.clock = settings.on() ? clock() : null;
  }

  private ScheduledExecutorService clock() {
    ScheduledExecutorService made =
        Executors.newSingleThreadScheduledExecutor(task -> daemon("graft-sessions-idle", task));
    long often = Math.max(1, idle.toMillis() / LOOKS_WHILE_IDLE);
    ScheduledFuture<?> unused =
        made.scheduleWithFixedDelay(this::endIdle, often, often, TimeUnit.MILLISECONDS);
    return made;
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private void endIdle() {
    try {
      store().endIdle(idle).forEach(this::letGo);
      if (store().shared()) {
        sessions.forEach(
            (key, held) -> {
              if (held.idleFor(idle)) {
                letGo(key);
              }
            });
      }
    } catch (RuntimeException e) {
      LOG.warn("Sessions of which nothing is heard cannot be ended now", e);
    }
  }

  private Stores stores() {
    if (stores == null) {
      throw new IllegalStateException("Sessions have no jars here");
    }
    return stores;
  }

  private SessionStore store() {
    return stores().store();
  }

  private JarFiles files() {
    return stores().files();
  }

  private HeldJars held(SessionKey key) {
    return sessions.computeIfAbsent(key, each -> new HeldJars(files(), store()));
  }

  /** The snapshot that a request of a session begins with. */
  public Snapshot snapshot(Supplier<SessionKey> whose) {
    return plugins.of(whose, () -> filesOf(whose.get()));
  }

  private List<Path> filesOf(SessionKey key) {
    List<SessionJar> jars = store().jars(key);
    if (jars.isEmpty()) {
      if (sessions.containsKey(key)) {
        letGo(key); // another gateway has ended it
      }
      return List.of();
    }
    boolean known = sessions.containsKey(key);
    List<Path> files = held(key).only(jars);
    if (!known && store().jars(key).isEmpty()) {
      letGo(key); // it ended after its jars were read, and nobody would end what was made since
      return List.of();
    }
    return files;
  }

  /** The sessions that have jars. */
  public List<SessionStatus> status() {
    return plugins.status();
  }

  /** Whether jars are kept at all. */
  public boolean on() {
    return settings.on();
  }

  /** The threads of calls that bring or end jars. */
  public Executor threads() {
    return threads;
  }

  /** What looks at an upload of artifacts. */
  public CallTap upload(String credentials) {
    return new UploadTap(this, credentials, where.keepsBack());
  }

  /** What looks at the end of a session. */
  public CallTap release(String credentials) {
    return new SessionTap("ReleaseSession", credentials, threads, (key, response) -> end(key));
  }

  /** What looks at a session that becomes two. */
  public CallTap clone(String credentials) {
    return new SessionTap(
        "CloneSession",
        credentials,
        threads,
        (key, response) -> copy(key, new WireMessage(response)));
  }

  private void copy(SessionKey key, WireMessage response) {
    String session = response.text(FieldNumbers.CLONED_NEW_SESSION_ID);
    SessionKey clone = new SessionKey(key.user(), session, key.credentials());
    List<SessionJar> jars = store().jars(key);
    if (!jars.isEmpty()) {
      held(clone).only(jars); // before the other session can end, and its files with it
      store().copy(key, clone);
      filesOf(clone);
    }
  }

  /** Begins to write a jar. */
  Upload begin(String name, long chunks, long size) throws IOException {
    return files().begin(name, chunks, size, settings.jarBytes());
  }

  /**
   * A jar has been taken by the backend: it is the session's when this returns.
   *
   * @return false if it has no plugins, and is left alone
   * @throws GraftException why it is not used
   */
  boolean add(SessionKey key, Upload upload) {
    if (!JarContents.hasPlugins(upload.file())) {
      upload.drop();
      return false;
    }
    SessionJar jar = upload.jar();
    try {
      files().place(upload, jar);
    } catch (IOException e) {
      throw noRoom(jar.name(), e);
    }
    try {
      Path file = files().file(jar);
      note(key, jar, file, plugins.add(key, filesOf(key), file));
      filesOf(key); // the session holds it, too
      return true;
    } finally {
      files().release(jar);
    }
  }

  private void note(SessionKey key, SessionJar jar, Path file, Optional<Path> older) {
    try {
      List<SessionJar> gone =
          store().jars(key).stream()
              .filter(one -> older.filter(files().file(one)::equals).isPresent())
              .toList();
      store().add(key, jar, file, gone);
    } catch (GraftException e) {
      letGo(key); // what it is to have is what the store has
      throw e;
    }
  }

  /** The refusal of a jar that cannot be written. */
  static GraftException noRoom(String name, IOException cause) {
    LOG.error("{} cannot be kept", name, cause);
    return new GraftException(
        ErrorCode.GRAFT_SESSIONS_FULL,
        name + " is not used: the server has no room for it. Its log says why.",
        cause);
  }

  private void end(SessionKey key) {
    try {
      store().end(key);
    } catch (GraftException e) {
      LOG.warn("{} is over, which the store will find out when it has been idle", key, e);
    }
    letGo(key);
  }

  private void letGo(SessionKey key) {
    HeldJars held = sessions.remove(key);
    if (held != null) {
      held.letGo();
    }
    plugins.end(key);
  }

  /** Where files are kept: uploads, and the copies of them that are used. */
  public List<Path> folders() {
    return Optional.ofNullable(stores).map(Stores::folder).stream().toList();
  }

  @Override
  public void close() {
    if (clock != null) {
      clock.shutdownNow();
    }
    threads.shutdownNow();
    plugins.close();
    if (stores != null) {
      stores.close();
    }
  }
}
