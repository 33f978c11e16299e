package dev.graft.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.AnalyzePlanResponse;
import org.apache.spark.connect.proto.DataType;

/** What a backend is asked about schemas, and what it says. */
final class SchemaQuestionsToBackend {
  final BlockingQueue<AnalyzePlanRequest> requests = new LinkedBlockingQueue<>();
  final BlockingQueue<Metadata> headers = new LinkedBlockingQueue<>();

  /** Whether questions are recognised at all. */
  volatile boolean on;

  /** Whether they are never answered. */
  volatile boolean silent;

  volatile boolean tellsSchema = true;
  volatile Status status = Status.OK;
  volatile Metadata trailers = new Metadata();

  /** The question in a request; empty if it is about something else. */
  static Optional<AnalyzePlanRequest> in(String method, byte[] request) {
    if (!method.equals("AnalyzePlan")) {
      return Optional.empty();
    }
    try {
      return Optional.of(AnalyzePlanRequest.parseFrom(request))
          .filter(AnalyzePlanRequest::hasSchema);
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  void answer(AnalyzePlanRequest request, Metadata received, ServerCall<byte[], byte[]> call) {
    requests.add(request);
    headers.add(received);
    if (silent) {
      return;
    }
    if (status.isOk()) {
      AnalyzePlanResponse.Builder response = AnalyzePlanResponse.newBuilder();
      response.setSessionId(request.getSessionId());
      if (tellsSchema) {
        DataType.Struct.Builder struct =
            response.getSchemaBuilder().getSchemaBuilder().getStructBuilder();
        struct.addFieldsBuilder().setName("first").getDataTypeBuilder().getLongBuilder();
        struct.addFieldsBuilder().setName("second").getDataTypeBuilder().getLongBuilder();
      }
      call.sendHeaders(new Metadata());
      call.sendMessage(response.build().toByteArray());
    }
    call.close(status, trailers);
  }
}
