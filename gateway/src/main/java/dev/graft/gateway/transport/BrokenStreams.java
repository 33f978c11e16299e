package dev.graft.gateway.transport;

import dev.graft.gateway.pace.Pace;
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
 * the middle of calls. Nothing is wrong here then, and the stack says nothing of who it was. What
 * gRPC logs of its own failures passes as it is.
 */
final class BrokenStreams implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft.gateway.connections");

  /** Held: java.util.logging forgets loggers that nobody holds, and their filters with them. */
  private static final List<java.util.logging.Logger> LOGGERS =
      Stream.of("NettyServerHandler", "NettyClientHandler")
          .map(name -> "io.grpc.netty.shaded.io.grpc.netty." + name)
          .map(java.util.logging.Logger::getLogger)
          .toList();

  private final Pace lines = new Pace(Duration.ofSeconds(1));

  private BrokenStreams() {}

  /** Has them told in this JVM, from now on. */
  static void tell() {
    BrokenStreams filter = new BrokenStreams();
    LOGGERS.forEach(logger -> logger.setFilter(filter));
  }

  @Override
  public boolean isLoggable(LogRecord record) {
    Throwable thrown = record.getThrown();
    if (!(thrown instanceof Http2Exception || thrown instanceof IOException)) {
      return true;
    }
    if (lines.turn()) {
      LOG.info("A peer went away with streams open: {}", thrown.getMessage());
    } else {
      LOG.debug("A peer went away with streams open: {}", thrown.getMessage());
    }
    return false;
  }
}
