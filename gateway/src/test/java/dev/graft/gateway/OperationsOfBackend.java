package dev.graft.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.ReattachExecuteRequest;

/** What a backend has executed, by the ids of its clients, as Spark keeps it. */
final class OperationsOfBackend {
  /** Whether ids may be used once, as with Spark; otherwise the first operation stays. */
  volatile boolean once;

  private record Operation(String user, String session, String operation) {}

  private final Map<Operation, ExecutePlanResponse> results = new ConcurrentHashMap<>();

  /** A SQL command is answered with the relation that it is; anything else with an empty one. */
  @SuppressWarnings("deprecation") // the field that all lines know
  ExecutePlanResponse execute(byte[] request) throws InvalidProtocolBufferException {
    ExecutePlanRequest execute = ExecutePlanRequest.parseFrom(request);
    ExecutePlanResponse.Builder response =
        ExecutePlanResponse.newBuilder().setSessionId("s").setOperationId("op");
    response.getSqlCommandResultBuilder().getRelationBuilder();
    if (execute.getPlan().getCommand().hasSqlCommand()) {
      response
          .getSqlCommandResultBuilder()
          .getRelationBuilder()
          .getSqlBuilder()
          .setQuery(execute.getPlan().getCommand().getSqlCommand().getSql());
    }
    Operation operation =
        new Operation(
            execute.getUserContext().getUserId(), execute.getSessionId(), execute.getOperationId());
    boolean exists = results.putIfAbsent(operation, response.build()) != null;
    if (exists && once) {
      throw Status.INTERNAL
          .withDescription("[INVALID_HANDLE.OPERATION_ALREADY_EXISTS]")
          .asRuntimeException();
    }
    return response.build();
  }

  /** The response of the operation of these ids. */
  ExecutePlanResponse reattach(byte[] request) throws InvalidProtocolBufferException {
    ReattachExecuteRequest reattach = ReattachExecuteRequest.parseFrom(request);
    Operation operation =
        new Operation(
            reattach.getUserContext().getUserId(),
            reattach.getSessionId(),
            reattach.getOperationId());
    return Optional.ofNullable(results.get(operation))
        .orElseThrow(
            () ->
                Status.INTERNAL
                    .withDescription("[INVALID_HANDLE.OPERATION_NOT_FOUND]")
                    .asRuntimeException());
  }
}
