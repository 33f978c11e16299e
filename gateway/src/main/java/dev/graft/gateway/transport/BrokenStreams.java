package dev.graft.gateway.transport;

import dev.graft.registry.error.ClientText;
import dev.graft.registry.pace.Pace;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for what gRPC logs with Netty's stack, once for each stream, when a peer goes away in
 * the middle of calls, or sends headers that cannot be read. Nothing is wrong with the gateway
 * then, and a stack trace does not say who the peer was. Sending a bad header needs no token, so
 * anybody could fill the log with stack traces.
 */
final class BrokenStreams implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft.gateway.connections");

  /** Held: java.util.logging forgets loggers that nobody holds, and their filters with them. */
  private static final List<java.util.logging.Logger> LOGGERS =
      Stream.of("NettyServerHandler", "NettyClientHandler", "NettyServerTransport.connections")
          .map(name -> "io.grpc.netty.shaded.io.grpc.netty." + name)
          .map(java.util.logging.Logger::getLogger)
          .toList();

  private final Pace lines = new Pace(Duration.ofSeconds(1));

  private BrokenStreams() {}

  /** Installs the filter in this JVM. */
  static void tell() {
    BrokenStreams filter = new BrokenStreams();
    LOGGERS.forEach(logger -> logger.setFilter(filter));
  }

  @Override
  public boolean isLoggable(LogRecord record) {
    Throwable thrown = record.getThrown();
    if (thrown == null) {
      return true;
    }
    if (!(thrown instanceof Http2Exception || thrown instanceof IOException)) {
      if (lines.turn()) {
        LOG.warn("A call of a peer cannot be read: {}", ClientText.quote(thrown.toString()));
      }
      return false;
    }
    if (lines.turn()) {
      LOG.info("A peer went away with streams open: {}", thrown.getMessage());
    } else {
      LOG.debug("A peer went away with streams open: {}", thrown.getMessage());
    }
    return false;
  }
}
