package dev.graft.registry.session;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.settings.SessionSettings;
import java.util.concurrent.atomic.AtomicLong;

/** How many jars sessions may have, and how large together. Safe for use by several threads. */
final class JarRoom {
  private final SessionSettings settings;
  private final AtomicLong jars = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  JarRoom(SessionSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes room for a jar; where there is none its copy is deleted.
   *
   * @param others how many other jars its session has, if this is one more
   * @throws GraftException GRAFT_SESSIONS_FULL
   */
  void take(AdmittedJar jar, int others) {
    long jarsOfAll = jars.incrementAndGet();
    long bytesOfAll = bytes.addAndGet(jar.bytes());
    if (others >= settings.jars()) {
      throw full(jar, "the session has %d already".formatted(others));
    }
    if (jarsOfAll > settings.allJars() || bytesOfAll > settings.allBytes()) {
      throw full(jar, "all sessions together have as many as there is room for");
    }
  }

  void giveBack(AdmittedJar jar) {
    jars.decrementAndGet();
    bytes.addAndGet(-jar.bytes());
  }

  private GraftException full(AdmittedJar jar, String why) {
    giveBack(jar);
    Admission.delete(jar.copy());
    return new GraftException(
        ErrorCode.GRAFT_SESSIONS_FULL,
        jar.copy().getFileName() + " is not used: " + why + ". End sessions that are done.");
  }
}
