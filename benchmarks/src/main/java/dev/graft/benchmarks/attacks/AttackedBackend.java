package dev.graft.benchmarks.attacks;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.graft.benchmarks.attacks.kind.Requests;
import dev.graft.benchmarks.gateway.ChildProcess;
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
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.AnalyzePlanResponse;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.jspecify.annotations.Nullable;

/**
 * The server behind the attacked gateway: it answers every plan alike, unless the header {@link
 * Requests#DEED} says that it is to {@code hang}, to {@code flood} its client or to {@code refuse}.
 */
final class AttackedBackend extends HandlerRegistry {
  private static final int MOST_BYTES = 128 << 20; // as Spark's
  private static final int FLOOD_BYTES = 64 << 10;

  /** Requests for the version are smaller than this. */
  private static final int QUESTION_BYTES = 1_000;

  private static final Metadata.Key<String> DEED =
      Metadata.Key.of(Requests.DEED, Metadata.ASCII_STRING_MARSHALLER);

  private static final byte[] RESULT =
      ExecutePlanResponse.newBuilder()
          .setResultComplete(ExecutePlanResponse.ResultComplete.getDefaultInstance())
          .build()
          .toByteArray();
  private static final byte[] SCHEMA = schema();

  private AttackedBackend() {}

  /** Serves until its parent ends. */
  public static void main(String[] arguments) throws IOException {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .maxInboundMessageSize(MOST_BYTES)
            .fallbackHandlerRegistry(new AttackedBackend())
            .build()
            .start();
    ChildProcess.serve(server.getPort(), question -> "");
  }

  private static byte[] schema() {
    AnalyzePlanResponse.Builder response = AnalyzePlanResponse.newBuilder();
    DataType.Struct.Builder struct =
        response.getSchemaBuilder().getSchemaBuilder().getStructBuilder();
    struct.addFieldsBuilder().setName("first").getDataTypeBuilder().getLongBuilder();
    struct.addFieldsBuilder().setName("second").getDataTypeBuilder().getLongBuilder();
    return response.build().toByteArray();
  }

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.newBuilder(BytesMarshaller.INSTANCE, BytesMarshaller.INSTANCE)
            .setFullMethodName(name)
            .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
            .build();
    return ServerMethodDefinition.create(
        method,
        (call, headers) -> {
          call.request(2); // the message and the half-close
          String deed = headers.get(DEED);
          return new Answering(call, deed == null ? "" : deed);
        });
  }

  private static byte[] answer(String method, byte[] request) {
    if (!method.equals(Requests.ANALYZE)) {
      return RESULT;
    }
    try {
      if (request.length < QUESTION_BYTES
          && AnalyzePlanRequest.parseFrom(request).hasSparkVersion()) {
        AnalyzePlanResponse.Builder response = AnalyzePlanResponse.newBuilder();
        response.getSparkVersionBuilder().setVersion("4.2.0");
        return response.build().toByteArray();
      }
    } catch (InvalidProtocolBufferException e) {
      // Malformed, so it does not ask for the version either.
    }
    return SCHEMA;
  }

  /** One call. */
  private static final class Answering extends ServerCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> call;
    private final String deed;
    private boolean flooding;

    Answering(ServerCall<byte[], byte[]> call, String deed) {
      this.call = call;
      this.deed = deed;
    }

    @Override
    public void onMessage(byte[] request) {
      String method = call.getMethodDescriptor().getFullMethodName();
      switch (deed) {
        case "hang" -> {}
        case "flood" -> {
          flooding = true;
          call.sendHeaders(new Metadata());
          onReady();
        }
        case "refuse" -> call.close(Status.PERMISSION_DENIED, new Metadata());
        default -> {
          call.sendHeaders(new Metadata());
          call.sendMessage(answer(method, request));
          call.close(Status.OK, new Metadata());
        }
      }
    }

    @Override
    public void onReady() {
      while (flooding && call.isReady()) {
        call.sendMessage(new byte[FLOOD_BYTES]);
      }
    }

    @Override
    public void onCancel() {
      flooding = false;
    }
  }
}
