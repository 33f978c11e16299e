package dev.graft.gateway.session;

import dev.graft.gateway.store.JarFiles;
import dev.graft.gateway.store.SessionJar;
import dev.graft.gateway.store.SessionStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that a session holds in this gateway, and when this heard of it last. Safe for use by
 * several threads.
 */
final class HeldJars {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft.sessions");

  private final JarFiles files;
  private final SessionStore store;
  private final Set<SessionJar> jars = new LinkedHashSet<>(); // guarded by this
  private boolean over; // guarded by this
  private volatile long heard = System.nanoTime();

  HeldJars(JarFiles files, SessionStore store) {
    this.files = files;
    this.store = store;
  }

  /** Whether nothing was heard of the session for so long. */
  boolean idleFor(Duration time) {
    return System.nanoTime() - heard > time.toNanos();
  }

  /** Holds these and no others; of those whose files cannot be had it says so. */
  synchronized List<Path> only(List<SessionJar> now) {
    heard = System.nanoTime();
    if (over) {
      return List.of(); // nobody would let them go again
    }
    for (SessionJar jar : now) {
      if (!jars.contains(jar)) {
        hold(jar);
      }
    }
    for (SessionJar gone : jars.stream().filter(jar -> !now.contains(jar)).toList()) {
      jars.remove(gone);
      files.release(gone);
    }
    return now.stream().filter(jars::contains).map(files::file).toList();
  }

  private void hold(SessionJar jar) {
    try {
      files.hold(jar, target -> store.fetch(jar, target));
      jars.add(jar);
    } catch (IOException e) {
      LOG.warn("{} of a session cannot be had, which goes without", jar.name(), e);
    }
  }

  /** Holds none, now and later. */
  synchronized void letGo() {
    over = true;
    jars.forEach(files::release);
    jars.clear();
  }
}
