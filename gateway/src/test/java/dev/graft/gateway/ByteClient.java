package dev.graft.gateway;

import dev.graft.gateway.proxy.BytesMarshaller;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client that knows nothing but bytes. */
final class ByteClient implements AutoCloseable {
  private final ManagedChannel channel;

  ByteClient(int port) {
    this(port, InsecureChannelCredentials.create());
  }

  ByteClient(int port, ChannelCredentials credentials) {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port, credentials)
            .maxInboundMessageSize(64 << 20)
            .build();
  }

  private ByteClient(ManagedChannel channel) {
    this.channel = channel;
  }

  /** One whose messages are compressed already: calls with gzip say so and change nothing. */
  static ByteClient ofCompressed(int port) {
    CompressorRegistry compressors = CompressorRegistry.newEmptyInstance();
    compressors.register(
        new Compressor() {
          @Override
          public String getMessageEncoding() {
            return "gzip";
          }

          @Override
          public OutputStream compress(OutputStream target) {
            return target;
          }
        });
    return new ByteClient(
        NettyChannelBuilder.forAddress("127.0.0.1", port, InsecureChannelCredentials.create())
            .compressorRegistry(compressors)
            .build());
  }

  /** One that goes to the first of these ports that takes it. */
  static ByteClient ofAny(int... ports) {
    return new ByteClient(
        NettyChannelBuilder.forTarget(Ports.target(ports), InsecureChannelCredentials.create())
            .build());
  }

  /** For stubs of services that are known. */
  ManagedChannel channel() {
    return channel;
  }

  /** What came back of a call. */
  static final class Call extends ClientCall.Listener<byte[]> {
    final BlockingQueue<byte[]> responses = new LinkedBlockingQueue<>();
    final CompletableFuture<Status> status = new CompletableFuture<>();
    volatile @Nullable Metadata headers;
    volatile Metadata trailers = new Metadata();
    final ClientCall<byte[], byte[]> call;

    Call(ClientCall<byte[], byte[]> call) {
      this.call = call;
    }

    /** The port of the server that takes the call. */
    int port() {
      SocketAddress server = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
      return ((InetSocketAddress) Objects.requireNonNull(server)).getPort();
    }

    Status status() throws Exception {
      return status.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    byte[] next() throws InterruptedException {
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < Patience.LIMIT.toNanos()) {
        byte[] response = responses.poll(100, TimeUnit.MILLISECONDS);
        if (response != null) {
          return response;
        }
        if (status.isDone() && responses.isEmpty()) {
          throw new AssertionError("There is no response: " + status.join());
        }
      }
      throw new AssertionError("There is no response");
    }

    @Override
    public void onHeaders(Metadata received) {
      headers = received;
    }

    @Override
    public void onMessage(byte[] response) {
      responses.add(response);
    }

    @Override
    public void onClose(Status ended, Metadata received) {
      trailers = received;
      status.complete(ended);
    }
  }

  /** Begins a call that asks for this many responses. */
  Call start(
      String method,
      MethodDescriptor.MethodType type,
      CallOptions options,
      Metadata headers,
      int asked) {
    MethodDescriptor<byte[], byte[]> descriptor =
        MethodDescriptor.<byte[], byte[]>newBuilder(
                BytesMarshaller.INSTANCE, BytesMarshaller.INSTANCE)
            .setFullMethodName(method)
            .setType(type)
            .build();
    Call call = new Call(channel.newCall(descriptor, options));
    call.call.start(call, headers);
    if (asked > 0) {
      call.call.request(asked);
    }
    return call;
  }

  /** A whole call. */
  Call call(String method, MethodDescriptor.MethodType type, List<byte[]> requests) {
    Call call = start(method, type, CallOptions.DEFAULT, new Metadata(), 1_000);
    requests.forEach(call.call::sendMessage);
    call.call.halfClose();
    return call;
  }

  /** A whole call with one request. */
  Call call(String method, byte[] request) {
    return call(method, MethodDescriptor.MethodType.SERVER_STREAMING, List.of(request));
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
