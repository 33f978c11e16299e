package dev.graft.benchmarks.gateway;

import dev.graft.gateway.proxy.BytesMarshaller;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The server behind all proxies: it handles bytes on the event loop, and streams as fast as its
 * client has room.
 */
final class BackendProcess extends HandlerRegistry {
  private final AtomicLong sent = new AtomicLong();

  private BackendProcess() {}

  /** Serves until its parent ends. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .fallbackHandlerRegistry(new BackendProcess())
            .build()
            .start();
    ChildProcess.serve(server.getPort(), question -> "");
  }

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.newBuilder(BytesMarshaller.INSTANCE, BytesMarshaller.INSTANCE)
            .setFullMethodName(name)
            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
            .build();
    boolean stream = name.equals(ByteMethods.STREAM.getFullMethodName());
    boolean asksForSent = name.equals(ByteMethods.SENT.getFullMethodName());
    return ServerMethodDefinition.create(
        method,
        (call, headers) -> {
          call.request(2); // the message and the half-close
          return stream ? new Streaming(call) : new Answering(call, asksForSent);
        });
  }

  /** Sends one message back. */
  private final class Answering extends ServerCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> call;
    private final boolean asksForSent;

    Answering(ServerCall<byte[], byte[]> call, boolean asksForSent) {
      this.call = call;
      this.asksForSent = asksForSent;
    }

    @Override
    public void onMessage(byte[] request) {
      call.sendHeaders(new Metadata());
      call.sendMessage(asksForSent ? ByteBuffer.allocate(8).putLong(sent.get()).array() : request);
      call.close(Status.OK, new Metadata());
    }
  }

  /** Sends the same message again and again. */
  private final class Streaming extends ServerCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> call;
    private byte[] message = new byte[0];
    private int left;

    Streaming(ServerCall<byte[], byte[]> call) {
      this.call = call;
    }

    @Override
    public void onMessage(byte[] request) {
      ByteBuffer asked = ByteBuffer.wrap(request);
      message = new byte[asked.getInt()];
      left = asked.getInt();
      call.sendHeaders(new Metadata());
      onReady();
    }

    @Override
    public void onReady() {
      while (left > 0 && call.isReady()) {
        call.sendMessage(message);
        sent.addAndGet(message.length);
        if (--left == 0) {
          call.close(Status.OK, new Metadata());
        }
      }
    }
  }
}
