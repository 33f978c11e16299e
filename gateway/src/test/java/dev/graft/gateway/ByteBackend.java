package dev.graft.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.graft.gateway.proxy.BytesMarshaller;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.HandlerRegistry;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCredentials;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.connect.proto.AddArtifactsResponse;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.jspecify.annotations.Nullable;

/**
 * A real server that knows nothing but bytes. What it does depends on the last part of the method's
 * name; anything that is none of the cases here sends each request back.
 */
final class ByteBackend implements AutoCloseable {
  static final Metadata.Key<String> SEEN =
      Metadata.Key.of("seen", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
  static final byte[] SOME_DETAILS = {8, 9, 18, 0, -1, -2};
  static final int FLOOD_MESSAGE = 64 << 10;
  static final int LARGE_MESSAGE = 20 << 20;

  final BlockingQueue<Metadata> headers = new LinkedBlockingQueue<>();
  final BlockingQueue<byte[]> requests = new LinkedBlockingQueue<>();
  final BlockingQueue<String> methods = new LinkedBlockingQueue<>();
  final CountDownLatch cancelled = new CountDownLatch(1);
  final AtomicInteger flooded = new AtomicInteger();
  final VersionQuestions versionQuestions = new VersionQuestions();
  final SchemaQuestionsToBackend schemaQuestions = new SchemaQuestionsToBackend();
  final OperationsOfBackend operations = new OperationsOfBackend();
  final SettingsOfBackend settings = new SettingsOfBackend();
  volatile @Nullable Deadline deadline;
  private final Server server;

  ByteBackend() throws IOException {
    this(InsecureServerCredentials.create());
  }

  ByteBackend(ServerCredentials credentials) throws IOException {
    server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials)
            .directExecutor()
            .maxInboundMessageSize(64 << 20)
            .flowControlWindow(64 << 10) // that of what it does not read stays where it is
            .fallbackHandlerRegistry(new Everything())
            .build()
            .start();
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  /** Serves every method. */
  private final class Everything extends HandlerRegistry {
    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
      MethodDescriptor<byte[], byte[]> method =
          MethodDescriptor.<byte[], byte[]>newBuilder(
                  BytesMarshaller.INSTANCE, BytesMarshaller.INSTANCE)
              .setFullMethodName(name)
              .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
              .build();
      return ServerMethodDefinition.create(
          method,
          (call, received) -> {
            methods.add(name);
            headers.add(received);
            deadline = Context.current().getDeadline();
            if (!name.endsWith("/Deaf")) {
              call.request(1);
            }
            return new Answering(call, name.substring(name.lastIndexOf('/') + 1), received);
          });
    }
  }

  /** One call. */
  private final class Answering extends ServerCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> call;
    private final String deed;
    private final Metadata callHeaders;
    private final List<byte[]> received = new ArrayList<>();
    private boolean headersSent;
    private boolean closed;

    Answering(ServerCall<byte[], byte[]> call, String deed, Metadata callHeaders) {
      this.call = call;
      this.deed = deed;
      this.callHeaders = callHeaders;
    }

    @Override
    public void onMessage(byte[] request) {
      Optional<AnalyzePlanRequest> question = VersionQuestions.in(deed, request);
      if (question.isPresent()) {
        closed = true;
        versionQuestions.answer(question.get(), callHeaders, call);
        return;
      }
      Optional<AnalyzePlanRequest> aboutSchema = SchemaQuestionsToBackend.in(deed, request);
      if (schemaQuestions.on && aboutSchema.isPresent()) {
        closed = true;
        schemaQuestions.answer(aboutSchema.get(), callHeaders, call);
        return;
      }
      requests.add(request);
      received.add(request);
      switch (deed) {
        case "Hang", "Collect", "Large", "ExecutePlan", "ReattachExecute", "AddArtifacts" -> {}
        case "Flood" -> onReady();
        case "Config" -> {
          closed = true;
          settings.answer(request, call);
          return;
        }
        default -> send(request);
      }
      call.request(1);
    }

    @Override
    public void onReady() {
      while (deed.equals("Flood") && !received.isEmpty() && call.isReady()) {
        send(new byte[FLOOD_MESSAGE]);
        if (flooded.incrementAndGet() == 10_000) {
          call.close(Status.OK, new Metadata());
          return;
        }
      }
    }

    @Override
    public void onHalfClose() {
      if (closed) {
        return;
      }
      switch (deed) {
        case "Hang", "Flood" -> {}
        case "Fail" -> {
          Metadata trailers = new Metadata();
          trailers.put(DETAILS, SOME_DETAILS);
          trailers.put(SEEN, "trailer");
          call.close(Status.FAILED_PRECONDITION.withDescription("größer, and \n odd"), trailers);
        }
        case "Collect" -> {
          send(new byte[] {(byte) received.size()});
          end();
        }
        case "AddArtifacts" -> {
          send(AddArtifactsResponse.getDefaultInstance().toByteArray());
          end();
        }
        case "Large" -> {
          send(new byte[LARGE_MESSAGE]);
          end();
        }
        case "ExecutePlan", "ReattachExecute" -> operate();
        default -> end();
      }
    }

    private void operate() {
      byte[] request = received.isEmpty() ? new byte[0] : received.get(0);
      try {
        send(
            (deed.equals("ExecutePlan")
                    ? operations.execute(request)
                    : operations.reattach(request))
                .toByteArray());
        end();
      } catch (InvalidProtocolBufferException e) {
        call.close(Status.INTERNAL.withCause(e), new Metadata());
      } catch (StatusRuntimeException e) {
        call.close(e.getStatus(), new Metadata());
      }
    }

    private void end() {
      Metadata trailers = new Metadata();
      trailers.put(SEEN, "trailer");
      call.close(Status.OK, trailers);
    }

    private void send(byte[] message) {
      if (!headersSent) {
        headersSent = true;
        Metadata own = new Metadata();
        own.put(SEEN, "header");
        call.sendHeaders(own);
      }
      call.sendMessage(message);
    }

    @Override
    public void onCancel() {
      cancelled.countDown();
    }
  }
}
