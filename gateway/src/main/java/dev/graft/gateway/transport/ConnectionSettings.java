package dev.graft.gateway.transport;

import java.time.Duration;
import java.util.Optional;

/**
 * What clients' connections may cost, and how the backend's is watched.
 *
 * @param most how many connections there may be; more are closed as soon as they come
 * @param perSecond how many of them the clients of one address may open within a second
 * @param callsPerConnection how many calls a connection may have at once; clients hold further ones
 *     back
 * @param handshake how long the handshake of a connection may take, TLS included
 * @param firstCall how long a connection may be there before the first call over it is let in
 * @param age how long a connection takes new calls; then clients connect anew. Empty for no limit
 * @param windowBytes how many bytes of a stream, and of a connection, may be on their way to the
 *     gateway before it has passed any of them on, in each direction
 * @param headerBytes the most that the headers or trailers of a call may take
 * @param backendKeepAlive how long the backend may be silent before it is pinged, while calls wait
 *     for it
 */
public record ConnectionSettings(
    int most,
    int perSecond,
    int callsPerConnection,
    Duration handshake,
    Duration firstCall,
    Optional<Duration> age,
    int windowBytes,
    int headerBytes,
    Duration backendKeepAlive) {
  /**
   * What serves some hundred clients on one machine. Spark's servers put up to 8 KiB of error
   * details into trailers, beside what is there anyway.
   *
   * <p>The window is fixed. gRPC would widen it to 8 MiB by itself, and what is on its way is lost
   * when a connection breaks: Spark's servers keep the last 10 MB of an operation for clients that
   * reattach.
   *
   * <p>A server of gRPC's own defaults, as Spark's is, ends a connection that pings it more often
   * than every five minutes; half a minute more keeps the third ping from coming a moment early.
   */
  public static final ConnectionSettings DEFAULT =
      new ConnectionSettings(
          1_000,
          200,
          1_000,
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Optional.empty(),
          1 << 20,
          64 << 10,
          Duration.ofSeconds(330));
}
