package dev.graft.registry.session;

import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.settings.SessionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot that the requests of each session begin with: the server's, with the plugins of the
 * session's own jars over it. A jar is looked at by the first request after it was added. What is
 * let in and what is not is a line on the logger {@code dev.graft.sessions}. Safe for use by
 * several threads; sessions don't wait for one another.
 */
public final class SessionPlugins implements AutoCloseable {
  private final Registry registry;
  private final SessionSettings settings;
  private final Admission admission;
  private final JarRoom room;
  private final Map<SessionKey, JarSession> sessions = new ConcurrentHashMap<>();
  private final AtomicLong folders = new AtomicLong();
  private final Optional<Path> place;
  private @Nullable Path folder;

  /**
   * Refuses settings that name files which cannot be used.
   *
   * @throws dev.graft.registry.error.GraftException GRAFT_CONFIGURATION_INVALID
   */
  public static void check(SessionSettings settings) {
    Admission unused = new Admission(settings);
  }

  /**
   * No session has plugins yet. Copies of jars go to a folder for temporary files.
   *
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if a file that the settings name cannot be
   *     read
   */
  public SessionPlugins(Registry registry) {
    this(registry, Optional.empty());
  }

  /**
   * No session has plugins yet.
   *
   * @param place the folder for copies of jars, which need not be there yet; what a process that
   *     was killed has left there is the host's to delete
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if a file that the settings name cannot be
   *     read
   */
  public SessionPlugins(Registry registry, Optional<Path> place) {
    this.place = place;
    this.registry = registry;
    this.settings = registry.current().configuration().sessions();
    this.admission = new Admission(settings);
    this.room = new JarRoom(settings);
  }

  /**
   * The snapshot that a request begins with.
   *
   * @param whose the session of the request; asked, as {@code added} is, only where sessions may
   *     have plugins
   * @param added the jars that the session has at this moment, in the order in which they were
   *     added
   */
  public Snapshot of(Supplier<SessionKey> whose, Supplier<List<Path>> added) {
    Snapshot server = registry.current();
    if (!settings.on()) {
      return server;
    }
    List<Path> now = added.get();
    SessionKey key = whose.get();
    JarSession session = sessions.get(key);
    if (session == null) {
      if (now.isEmpty()) {
        return server;
      }
      session = session(key);
    }
    return session.snapshot(server, now);
  }

  /**
   * Takes a jar into a session at once, where the host can still say to its client what becomes of
   * it. A jar without plugins is none of Graft's business.
   *
   * @param before the jars that the session has already
   * @return the one among them that it is a newer version of, and whose place it takes
   * @throws GraftException why none of the jar's plugins serves; the session is as it was before
   */
  public Optional<Path> add(SessionKey key, List<Path> before, Path jar) {
    return settings.on() && JarContents.hasPlugins(jar)
        ? session(key).add(registry.current(), before, jar)
        : Optional.empty();
  }

  private JarSession session(SessionKey key) {
    return sessions.computeIfAbsent(
        key, each -> new JarSession(key, registry, admission, room, this::newFolder));
  }

  /** A session is over: what it had is given back, as soon as its last request has ended. */
  public void end(SessionKey key) {
    JarSession session = sessions.remove(key);
    if (session != null) {
      session.end();
    }
  }

  /** The sessions that have jars. */
  public List<SessionStatus> status() {
    return sessions.values().stream().map(JarSession::status).toList();
  }

  /** How many sessions have jars. */
  public int sessions() {
    return sessions.size();
  }

  @Override
  public void close() {
    sessions.keySet().forEach(this::end);
    folder().ifPresent(Admission::delete);
  }

  /** Where the copies are; empty while there have been none. */
  public synchronized Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }

  /** A folder of its own for one session, which nobody else on the machine may read. */
  private synchronized Path newFolder() {
    try {
      if (folder == null) {
        folder =
            place.isPresent()
                ? Files.createDirectories(place.get())
                : Files.createTempDirectory("graft-sessions-");
      }
      return Files.createDirectory(folder.resolve(Long.toString(folders.incrementAndGet())));
    } catch (IOException e) {
      throw new UncheckedIOException("There is no room for the jars of sessions", e);
    }
  }
}
