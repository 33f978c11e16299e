package dev.graft.gateway.store;

import dev.graft.registry.session.SessionKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which session has which jars. What a method has noted when it returns survives the gateway, as
 * far as the store survives it at all. Safe for use by several threads; methods may block.
 *
 * <p>Each method throws a {@link dev.graft.registry.error.GraftException} {@code
 * GRAFT_STORE_UNAVAILABLE} where the store cannot be reached, or cannot write.
 */
public interface SessionStore extends AutoCloseable {
  /**
   * The jars of a session in the order in which they were added. Who asks has heard of the session.
   */
  List<SessionJar> jars(SessionKey session);

  /**
   * A session has one more jar; one that it has already changes nothing.
   *
   * @param file the jar
   * @param older what the session has no more in the same moment
   */
  void add(SessionKey session, SessionJar jar, Path file, List<SessionJar> older);

  /** A session has all that another has, in the same order. */
  void copy(SessionKey from, SessionKey to);

  /** A session is over. */
  void end(SessionKey session);

  /**
   * The sessions are over of which nobody has heard for so long.
   *
   * @return those that this gateway alone knew of
   */
  Set<SessionKey> endIdle(Duration idle);

  /** The sessions that this gateway alone knows of, with their jars. */
  Map<SessionKey, List<SessionJar>> own();

  /** The file of a jar is lost, and no session of this gateway's has it any more. */
  void lost(SessionJar jar);

  /**
   * Gets a jar that is not among the files of this gateway.
   *
   * @param target a file that is not there yet
   */
  void fetch(SessionJar jar, Path target) throws IOException;

  /** Whether other gateways may use it as well. */
  boolean shared();

  @Override
  void close();
}
