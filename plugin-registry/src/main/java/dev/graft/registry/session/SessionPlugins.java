package dev.graft.registry.session;

import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.report.LoadReport;
import dev.graft.registry.settings.SessionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshot that the requests of each session begin with: the server's, with the plugins of the
 * session's own jars over it. A jar is looked at by the first request after it was added. What is
 * let in and what is not is a line on the logger {@code dev.graft.sessions}. Safe for use by
 * several threads; sessions don't wait for one another.
 */
public final class SessionPlugins implements AutoCloseable {
  private static final Logger AUDIT = LoggerFactory.getLogger("dev.graft.sessions");

  private final Registry registry;
  private final SessionSettings settings;
  private final Admission admission;
  private final Map<SessionKey, Session> sessions = new ConcurrentHashMap<>();
  private final AtomicLong jars = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong folders = new AtomicLong();
  private @Nullable Path folder;

  /**
   * No session has plugins yet.
   *
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if a file that the settings name cannot be
   *     read
   */
  public SessionPlugins(Registry registry) {
    this.registry = registry;
    this.settings = registry.current().configuration().sessions();
    this.admission = new Admission(settings);
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
    Session session = sessions.get(key);
    if (session == null) {
      if (now.isEmpty()) {
        return server;
      }
      session = sessions.computeIfAbsent(key, Session::new);
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
        ? sessions.computeIfAbsent(key, Session::new).add(registry.current(), before, jar)
        : Optional.empty();
  }

  /** A session is over: what it had is given back, as soon as its last request has ended. */
  public void end(SessionKey key) {
    Session session = sessions.remove(key);
    if (session != null) {
      session.end();
    }
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
        folder = Files.createTempDirectory("graft-sessions-");
      }
      return Files.createDirectory(folder.resolve(Long.toString(folders.incrementAndGet())));
    } catch (IOException e) {
      throw new UncheckedIOException("There is no room for the jars of sessions", e);
    }
  }

  private final class Session {
    private final SessionKey key;

    /** The jars that have been looked at, those among them that are none of Graft's too. */
    private final Set<Path> seen = new HashSet<>();

    /** Those that are used, by their plugin ids: a newer one takes the place of an older. */
    private final Map<String, AdmittedJar> used = new LinkedHashMap<>();

    private final List<Refusal> refusals = new ArrayList<>();
    private @Nullable Path own;
    private int copies;
    private @Nullable Snapshot server;
    private @Nullable Snapshot snapshot;

    Session(SessionKey key) {
      this.key = key;
    }

    @SuppressWarnings("ReferenceEquality") // another snapshot, even if it is of the same plugins
    synchronized Snapshot snapshot(Snapshot current, List<Path> added) {
      boolean isNew = false;
      for (Path jar : added) {
        if (seen.add(jar) && JarContents.hasPlugins(jar)) {
          admit(jar);
          isNew = true;
        }
      }
      Snapshot made = snapshot;
      if (made == null || isNew || current != server) {
        made = over(current);
        server = current;
        snapshot = made;
      }
      return made;
    }

    private void admit(Path jar) {
      String name = String.valueOf(jar.getFileName());
      try {
        AdmittedJar admitted = take(jar);
        AdmittedJar older = used.put(admitted.pluginId(), admitted);
        if (older != null) {
          giveBack(older);
        }
      } catch (GraftException e) {
        refuse(new Refusal(name, e.code(), e.text(), false));
      }
    }

    /** Copies a jar, if it may be used. */
    private AdmittedJar take(Path jar) {
      String name = String.valueOf(jar.getFileName());
      try {
        AdmittedJar admitted = admission.admit(jar, folderOfItsOwn().resolve(name));
        count(admitted);
        return admitted;
      } catch (UncheckedIOException e) {
        AUDIT.error("{} of {} cannot be kept", name, key, e);
        throw new GraftException(
            ErrorCode.GRAFT_SESSIONS_FULL,
            name + " is not used: the server has no room for it. Its log says why.",
            e);
      }
    }

    synchronized Optional<Path> add(Snapshot current, List<Path> before, Path jar) {
      snapshot(current, before);
      if (used.values().stream().anyMatch(one -> one.source().equals(jar))) {
        return Optional.empty();
      }
      AdmittedJar mine = take(jar);
      AdmittedJar older = used.put(mine.pluginId(), mine);
      Snapshot made = over(current);
      if (!serves(mine, made)) {
        used.remove(mine.pluginId());
        if (older != null) {
          used.put(older.pluginId(), older);
        }
        giveBack(mine);
        throw firstRefusal(made);
      }
      seen.add(jar);
      snapshot = made;
      server = current;
      if (older != null) {
        giveBack(older);
      }
      return Optional.ofNullable(older).map(AdmittedJar::source);
    }

    private static boolean serves(AdmittedJar jar, Snapshot made) {
      String location = jar.copy().toString();
      return made.report().loaded().stream()
          .anyMatch(loaded -> loaded.plugin().origin().location().equals(location));
    }

    private GraftException firstRefusal(Snapshot made) {
      return made.report().refused().stream()
          .filter(refusal -> !refusals.contains(refusal))
          .findFirst()
          .map(refusal -> new GraftException(refusal.code(), refusal.text()))
          .orElseThrow();
    }

    private Path folderOfItsOwn() {
      if (own == null) {
        own = newFolder();
      }
      try {
        // Two jars of one name may lie in different folders of the session.
        return Files.createDirectory(own.resolve(Integer.toString(++copies)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void count(AdmittedJar jar) {
      boolean isNew = !used.containsKey(jar.pluginId());
      long jarsOfAll = jars.incrementAndGet();
      long bytesOfAll = bytes.addAndGet(jar.bytes());
      if (isNew && used.size() >= settings.jars()) {
        giveBack(jar);
        throw full(jar, "the session has %d already".formatted(used.size()));
      }
      if (jarsOfAll > settings.allJars() || bytesOfAll > settings.allBytes()) {
        giveBack(jar);
        throw full(jar, "all sessions together have as many as there is room for");
      }
      AUDIT.info(
          "Accepted {}, {} bytes, SHA-256 {}, of {}",
          jar.copy().getFileName(),
          jar.bytes(),
          jar.digest(),
          key);
    }

    private void refuse(Refusal refusal) {
      refusals.add(refusal);
      AUDIT.warn("Refused in {}: [{}] {}", key, refusal.code(), refusal.text());
    }

    private Snapshot over(Snapshot below) {
      List<Path> copies = used.values().stream().map(AdmittedJar::copy).toList();
      if (copies.isEmpty() && refusals.isEmpty()) {
        return below;
      }
      Snapshot over = registry.over(below, copies, settings.replace(), refusals);
      for (LoadReport.Loaded loaded : over.report().loaded()) {
        LoadedPlugin plugin = loaded.plugin();
        AUDIT.info("{} has {} for {}", key, plugin.describe(), plugin.messageNames());
      }
      over.report()
          .refused()
          .forEach(
              refusal -> AUDIT.warn("Refused in {}: [{}] {}", key, refusal.code(), refusal.text()));
      return over;
    }

    synchronized void end() {
      used.values().forEach(this::giveBack);
      used.clear();
      snapshot = null;
      server = null;
      if (own != null) {
        deleteEmptied(own);
      }
    }

    private void giveBack(AdmittedJar jar) {
      jars.decrementAndGet();
      bytes.addAndGet(-jar.bytes());
      Admission.delete(jar.copy());
    }
  }

  private static void deleteEmptied(Path own) {
    try (var inside = Files.list(own)) {
      inside.forEach(Admission::delete);
    } catch (IOException e) {
      own.toFile().deleteOnExit();
    }
    Admission.delete(own);
  }

  private static GraftException full(AdmittedJar jar, String why) {
    return new GraftException(
        ErrorCode.GRAFT_SESSIONS_FULL,
        jar.copy().getFileName() + " is not used: " + why + ". End sessions that are done.");
  }
}
