package dev.graft.benchmarks.gateway;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.HandlerRegistry;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A proxy without tuning: messages as bytes, one at a time, and otherwise gRPC's defaults, its
 * executors too.
 */
final class PlainProxyProcess extends HandlerRegistry {
  private final ManagedChannel backend;

  private PlainProxyProcess(int port) {
    backend =
        NettyChannelBuilder.forAddress("127.0.0.1", port, InsecureChannelCredentials.create())
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .build();
  }

  /** Takes the backend's port, and serves until its parent ends. */
  public static void main(String[] arguments) throws IOException {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .fallbackHandlerRegistry(new PlainProxyProcess(Integer.parseInt(arguments[0])))
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .build()
            .start();
    ChildProcess.serve(server.getPort(), question -> "");
  }

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.newBuilder(new Bytes(), new Bytes())
            .setFullMethodName(name)
            .setType(MethodDescriptor.MethodType.UNKNOWN)
            .build();
    return ServerMethodDefinition.create(
        method,
        (client, headers) -> {
          ClientCall<byte[], byte[]> toBackend = backend.newCall(method, CallOptions.DEFAULT);
          Back back = new Back(client, toBackend);
          toBackend.start(back, headers);
          client.request(1);
          toBackend.request(1);
          return new Forth(client, toBackend, back);
        });
  }

  /** What comes from the client: one message, or few. */
  private static final class Forth extends ServerCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> client;
    private final ClientCall<byte[], byte[]> backend;
    private final Back back;

    Forth(ServerCall<byte[], byte[]> client, ClientCall<byte[], byte[]> backend, Back back) {
      this.client = client;
      this.backend = backend;
      this.back = back;
    }

    @Override
    public void onMessage(byte[] request) {
      backend.sendMessage(request);
      client.request(1);
    }

    @Override
    public void onHalfClose() {
      backend.halfClose();
    }

    @Override
    public void onCancel() {
      backend.cancel("cancelled", null);
    }

    @Override
    public void onReady() {
      back.next();
    }
  }

  /** What comes from the backend. */
  private static final class Back extends ClientCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> client;
    private final ClientCall<byte[], byte[]> backend;
    private final AtomicBoolean owed = new AtomicBoolean();

    Back(ServerCall<byte[], byte[]> client, ClientCall<byte[], byte[]> backend) {
      this.client = client;
      this.backend = backend;
    }

    @Override
    public void onHeaders(Metadata headers) {
      client.sendHeaders(headers);
    }

    @Override
    public void onMessage(byte[] response) {
      client.sendMessage(response);
      owed.set(true);
      next();
    }

    void next() {
      if (client.isReady() && owed.compareAndSet(true, false)) {
        backend.request(1);
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      client.close(status, trailers);
    }
  }

  /** Bytes by the shortest way. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw Status.INTERNAL.withCause(e).asRuntimeException();
      }
    }
  }
}
