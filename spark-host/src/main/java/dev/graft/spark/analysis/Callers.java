package dev.graft.spark.analysis;

import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.sql.connect.service.ExecuteKey;
import org.apache.spark.sql.connect.service.SparkConnectService$;
import org.sparkproject.connect.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.ServerCallHandler;
import org.sparkproject.connect.grpc.ServerInterceptor;

/**
 * Knows what kind of client a thread works for. Of an execution, Spark knows the request. An
 * analysis runs on the thread that gRPC gives it, so an interceptor notes the client of that
 * thread.
 */
public final class Callers implements ServerInterceptor {
  private static final ThreadLocal<String> ANALYSING = new ThreadLocal<>();

  /** Called by Spark, which finds this class by its name. */
  public Callers() {}

  /**
   * What the client says of itself, as {@code client_type}; empty where nobody knows.
   *
   * @param operationId the operation that this thread carries out; empty while analysing
   */
  public static String clientType(String userId, String sessionId, String operationId) {
    if (operationId.isEmpty()) {
      String analysing = ANALYSING.get();
      return analysing == null ? "" : analysing;
    }
    return SparkConnectService$.MODULE$
        .executionManager()
        .getExecuteHolder(new ExecuteKey(userId, sessionId, operationId))
        .map(holder -> holder.request().getClientType())
        .getOrElse(() -> "");
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    return call.getMethodDescriptor().getFullMethodName().endsWith("/AnalyzePlan")
        ? new Analysing<>(listener)
        : listener;
  }

  private static final class Analysing<Q> extends SimpleForwardingServerCallListener<Q> {
    private String clientType = "";

    Analysing(ServerCall.Listener<Q> listener) {
      super(listener);
    }

    @Override
    public void onMessage(Q message) {
      if (message instanceof AnalyzePlanRequest request) {
        clientType = request.getClientType();
      }
      super.onMessage(message);
    }

    @Override
    public void onHalfClose() {
      ANALYSING.set(clientType);
      try {
        super.onHalfClose();
      } finally {
        ANALYSING.remove();
      }
    }
  }
}
