package dev.graft.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.gateway.proxy.BytesMarshaller;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.HandlerRegistry;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that answers each call with what another server answers, on the same event loops. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class NearestChannelTest {
  private static final int CLIENTS = 4 * Runtime.getRuntime().availableProcessors();
  private static final MethodDescriptor<byte[], byte[]> METHOD =
      MethodDescriptor.newBuilder(BytesMarshaller.INSTANCE, BytesMarshaller.INSTANCE)
          .setFullMethodName("test.Service/Method")
          .setType(MethodDescriptor.MethodType.UNARY)
          .build();

  private final Map<Thread, Set<Thread>> answeredOn = new ConcurrentHashMap<>();
  private EventLoops loops;
  private ManagedChannel channel;
  private Server backend;
  private Server front;

  @BeforeEach
  void start() throws Exception {
    loops = new EventLoops();
    backend =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .fallbackHandlerRegistry(registry((call, headers) -> new Echo(call)))
            .build()
            .start();
    channel =
        loops.call(
            () ->
                NettyChannelBuilder.forAddress(
                        "127.0.0.1", backend.getPort(), InsecureChannelCredentials.create())
                    .directExecutor());
    front =
        loops
            .serve(
                NettyServerBuilder.forAddress(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                ConnectionSettings.DEFAULT)
            .directExecutor()
            .fallbackHandlerRegistry(registry((call, headers) -> new Passing(call)))
            .build()
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    front.shutdownNow();
    channel.shutdownNow();
    assertThat(channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(channel.isShutdown()).isTrue();
    backend.shutdownNow();
    loops.close();
  }

  @Test
  void aCallIsAnsweredOnTheLoopThatItCameInOn() {
    List<ManagedChannel> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      ManagedChannel client =
          NettyChannelBuilder.forAddress(
                  "127.0.0.1", front.getPort(), InsecureChannelCredentials.create())
              .build();
      clients.add(client);
      assertThat(call(client)).containsExactly(7);
      assertThat(call(client)).containsExactly(7);
    }
    clients.forEach(ManagedChannel::shutdownNow);

    assertThat(answeredOn).hasSize(Runtime.getRuntime().availableProcessors());
    answeredOn.forEach((cameInOn, answered) -> assertThat(answered).containsExactly(cameInOn));
  }

  @Test
  void aCallFromAnotherThreadIsMadeAsWell() {
    assertThat(call(channel)).containsExactly(7);
  }

  private static byte[] call(ManagedChannel client) {
    return ClientCalls.blockingUnaryCall(client, METHOD, CallOptions.DEFAULT, new byte[] {7});
  }

  private static HandlerRegistry registry(ServerCallHandler<byte[], byte[]> handler) {
    return new HandlerRegistry() {
      @Override
      public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
        return ServerMethodDefinition.create(METHOD, handler);
      }
    };
  }

  /** Sends the request back. */
  private static final class Echo extends ServerCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> call;

    Echo(ServerCall<byte[], byte[]> call) {
      this.call = call;
      call.request(2);
    }

    @Override
    public void onMessage(byte[] request) {
      call.sendHeaders(new Metadata());
      call.sendMessage(request);
      call.close(Status.OK, new Metadata());
    }
  }

  /** Asks the backend, and notes the threads. */
  private final class Passing extends ServerCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> call;

    Passing(ServerCall<byte[], byte[]> call) {
      this.call = call;
      call.request(2);
    }

    @Override
    public void onMessage(byte[] request) {
      Thread cameInOn = Thread.currentThread();
      ClientCall<byte[], byte[]> further = channel.newCall(METHOD, CallOptions.DEFAULT);
      further.start(
          new ClientCall.Listener<>() {
            @Override
            public void onMessage(byte[] response) {
              answeredOn
                  .computeIfAbsent(cameInOn, thread -> ConcurrentHashMap.newKeySet())
                  .add(Thread.currentThread());
              call.sendHeaders(new Metadata());
              call.sendMessage(response);
            }

            @Override
            public void onClose(Status status, Metadata trailers) {
              call.close(status, trailers);
            }
          },
          new Metadata());
      further.request(2);
      further.sendMessage(request);
      further.halfClose();
    }
  }
}
