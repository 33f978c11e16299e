package dev.graft.benchmarks.attacks.kind;

import dev.graft.gateway.proxy.BytesMarshaller;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A connection of a client that speaks as clients do, and knows nothing but bytes. */
public final class Client implements AutoCloseable {
  private static final int MOST_BYTES = 64 << 20;

  private final ManagedChannel channel;
  private final String token;

  /** A client with a token. */
  public Client(int port, String token) {
    this(port, token, InsecureChannelCredentials.create());
  }

  /** A client with a token, and with credentials for its connection. */
  public Client(int port, String token, ChannelCredentials credentials) {
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port, credentials)
            .maxInboundMessageSize(MOST_BYTES)
            .directExecutor()
            .build();
    this.token = token;
  }

  /** A call that has been sent. */
  public static final class Call extends ClientCall.Listener<byte[]> {
    private final ClientCall<byte[], byte[]> call;
    private final CompletableFuture<Status> status = new CompletableFuture<>();

    private Call(ClientCall<byte[], byte[]> call) {
      this.call = call;
    }

    /** Asks for one more message. */
    void more() {
      call.request(1);
    }

    void cancel() {
      call.cancel("enough", null);
    }

    /** With what it ends. */
    public CompletableFuture<Status> status() {
      return status;
    }

    /**
     * Waits for its end.
     *
     * @throws io.grpc.StatusRuntimeException if that is not well
     */
    void await(int seconds) throws InterruptedException {
      try {
        Status ended = status.get(seconds, TimeUnit.SECONDS);
        if (!ended.isOk()) {
          throw ended.asRuntimeException();
        }
      } catch (TimeoutException e) {
        cancel();
        throw Status.DEADLINE_EXCEEDED.asRuntimeException();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void onClose(Status ended, Metadata trailers) {
      status.complete(ended);
    }
  }

  /** Sends a request, and takes all that comes. */
  public Call call(String method, byte[] request, CallOptions options, String deed) {
    return call(method, request, options, deed, Integer.MAX_VALUE);
  }

  /**
   * Sends a request.
   *
   * @param deed what the backend is to do; empty for what it does anyway
   * @param messages how many the client takes before it asks for more
   */
  Call call(String method, byte[] request, CallOptions options, String deed, int messages) {
    Metadata headers = new Metadata();
    headers.put(header("authorization"), "Bearer " + token);
    if (!deed.isEmpty()) {
      headers.put(header(Requests.DEED), deed);
    }
    MethodDescriptor<byte[], byte[]> descriptor =
        MethodDescriptor.newBuilder(BytesMarshaller.INSTANCE, BytesMarshaller.INSTANCE)
            .setFullMethodName(method)
            .setType(MethodType.SERVER_STREAMING)
            .build();
    Call call = new Call(channel.newCall(descriptor, options));
    call.call.start(call, headers);
    call.call.request(messages);
    call.call.sendMessage(request);
    call.call.halfClose();
    return call;
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
