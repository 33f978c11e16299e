package dev.graft.benchmarks.gateway;

import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.Optional;

/**
 * A way that is open.
 *
 * @param way which
 * @param port where the client connects
 * @param proxy the process between; empty if there is none
 */
record Route(Way way, int port, Optional<ProcessHandle> proxy) {
  /** A connection of its own, without threads between the socket and the caller. */
  ManagedChannel connect() {
    return NettyChannelBuilder.forAddress("127.0.0.1", port, InsecureChannelCredentials.create())
        .directExecutor()
        .disableRetry()
        .maxInboundMessageSize(Integer.MAX_VALUE)
        .build();
  }

  /** The processor time that the proxy has spent so far. */
  Duration proxyCpu() {
    return proxy.map(ChildProcess::cpu).orElse(Duration.ZERO);
  }
}
