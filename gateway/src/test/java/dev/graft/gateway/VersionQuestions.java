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

/** What a backend is asked about its version, and what it says. */
final class VersionQuestions {
  final BlockingQueue<AnalyzePlanRequest> requests = new LinkedBlockingQueue<>();
  final BlockingQueue<Metadata> headers = new LinkedBlockingQueue<>();
  volatile String version = "4.2.0";
  volatile Status status = Status.OK;

  /** Whose questions are never answered. */
  volatile String silentFor = "nobody";

  /** The question in a request; empty if it is about something else. */
  static Optional<AnalyzePlanRequest> in(String method, byte[] request) {
    if (!method.equals("AnalyzePlan")) {
      return Optional.empty();
    }
    try {
      return Optional.of(AnalyzePlanRequest.parseFrom(request))
          .filter(AnalyzePlanRequest::hasSparkVersion);
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  void answer(AnalyzePlanRequest request, Metadata received, ServerCall<byte[], byte[]> call) {
    requests.add(request);
    headers.add(received);
    if (request.getUserContext().getUserId().equals(silentFor)) {
      return;
    }
    if (status.isOk()) {
      AnalyzePlanResponse.Builder response = AnalyzePlanResponse.newBuilder();
      response.setSessionId(request.getSessionId()).getSparkVersionBuilder().setVersion(version);
      call.sendHeaders(new Metadata());
      call.sendMessage(response.build().toByteArray());
    }
    call.close(status, new Metadata());
  }
}
