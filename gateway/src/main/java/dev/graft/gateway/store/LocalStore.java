package dev.graft.gateway.store;

import dev.graft.registry.session.SessionKey;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The sessions of one gateway, in its memory, and in a ledger from which they are read when it
 * starts again. Sessions don't wait for one another. Safe for use by several threads.
 */
final class LocalStore implements SessionStore {
  /** What a session has, and when it was heard of last. */
  private static final class Session {
    private final List<SessionJar> jars;
    private volatile long heard = System.nanoTime();

    Session(List<SessionJar> jars) {
      this.jars = List.copyOf(jars);
    }
  }

  private final Ledger ledger;
  private final Map<SessionKey, Session> sessions = new ConcurrentHashMap<>();

  /** Begins with what the ledger has. */
  LocalStore(Ledger ledger) {
    this.ledger = ledger;
    ledger.read().forEach((key, jars) -> sessions.put(key, new Session(jars)));
  }

  @Override
  public List<SessionJar> jars(SessionKey key) {
    Session session = sessions.get(key);
    if (session == null) {
      return List.of();
    }
    session.heard = System.nanoTime();
    return session.jars;
  }

  @Override
  public void add(SessionKey key, SessionJar jar, Path file, List<SessionJar> older) {
    change(key, List.of(jar), older);
  }

  @Override
  public void copy(SessionKey from, SessionKey to) {
    change(to, jars(from), List.of());
  }

  private void change(SessionKey key, List<SessionJar> more, List<SessionJar> fewer) {
    if (more.isEmpty()) {
      return;
    }
    sessions.compute(
        key,
        (same, session) -> {
          List<SessionJar> before = session == null ? List.of() : session.jars;
          List<SessionJar> after =
              Stream.concat(before.stream().filter(jar -> !fewer.contains(jar)), more.stream())
                  .distinct()
                  .toList();
          if (!after.equals(before)) {
            ledger.write(key, after);
          }
          return new Session(after);
        });
  }

  @Override
  public void end(SessionKey key) {
    sessions.computeIfPresent(
        key,
        (same, session) -> {
          ledger.write(key, List.of());
          return null;
        });
  }

  @Override
  public Set<SessionKey> endIdle(Duration idle) {
    long now = System.nanoTime();
    Set<SessionKey> ended = new HashSet<>();
    sessions.forEach(
        (key, session) -> {
          if (now - session.heard > idle.toNanos()) {
            end(key);
            ended.add(key);
          }
        });
    return ended;
  }

  @Override
  public Map<SessionKey, List<SessionJar>> own() {
    Map<SessionKey, List<SessionJar>> own = new HashMap<>();
    sessions.forEach((key, session) -> own.put(key, session.jars));
    return own;
  }

  @Override
  public void lost(SessionJar jar) {
    sessions
        .keySet()
        .forEach(
            key ->
                sessions.computeIfPresent(
                    key,
                    (same, session) -> {
                      if (!session.jars.contains(jar)) {
                        return session;
                      }
                      List<SessionJar> rest =
                          session.jars.stream().filter(one -> !one.equals(jar)).toList();
                      ledger.write(key, rest);
                      return rest.isEmpty() ? null : new Session(rest);
                    }));
  }

  @Override
  public void fetch(SessionJar jar, Path target) throws NoSuchFileException {
    throw new NoSuchFileException(target.toString(), null, "there is no other file of it");
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public void close() {
    ledger.close();
  }
}
