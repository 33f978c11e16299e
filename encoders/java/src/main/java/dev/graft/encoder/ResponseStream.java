package dev.graft.encoder;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc.SparkConnectServiceBlockingStub;

/**
 * The answers to one plan, as they come. Closing it before its end cancels the request. For one
 * thread at a time.
 */
final class ResponseStream implements AutoCloseable {
  private final Context.CancellableContext context;
  private final Iterator<ExecutePlanResponse> responses;

  ResponseStream(SparkConnectServiceBlockingStub stub, ExecutePlanRequest request) {
    // A blocking stub's iterator can be cancelled only through the context of its call.
    context = Context.current().withCancellation();
    Context previous = context.attach();
    try {
      responses = stub.executePlan(request);
    } finally {
      context.detach(previous);
    }
  }

  /**
   * Waits for the next response.
   *
   * @return empty at the end
   * @throws RequestFailedException if the server ended the stream with an error
   */
  Optional<ExecutePlanResponse> next() {
    try {
      return responses.hasNext() ? Optional.of(responses.next()) : Optional.empty();
    } catch (StatusRuntimeException e) {
      throw new RequestFailedException(e);
    }
  }

  @Override
  public void close() {
    context.cancel(new CancellationException("The client wants no more of it"));
  }
}
