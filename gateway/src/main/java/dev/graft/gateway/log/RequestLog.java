package dev.graft.gateway.log;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the request log of a server. The lines are written on event loops: an appender that may
 * block belongs behind an asynchronous one.
 */
public final class RequestLog {
  /** The logger's name. */
  public static final String LOGGER = "dev.graft.gateway.requests";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  private RequestLog() {}

  /** Has a server's calls logged, those that an interceptor refuses among them. */
  public static void of(ServerBuilder<?> server) {
    server.addStreamTracerFactory(new Tracers()).intercept(new FirstRequest());
  }

  /** Begins the record of a call. */
  private static final class Tracers extends ServerStreamTracer.Factory {
    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
      return new LoggedCall(LOG, fullMethodName);
    }
  }

  /** Gives the record the first request of a call. */
  private static final class FirstRequest implements ServerInterceptor {
    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
      ServerCall.Listener<Q> listener = next.startCall(call, headers);
      LoggedCall logged = LoggedCall.current();
      return logged == null ? listener : new Reading<>(listener, logged);
    }
  }

  /** Waits for the first request. */
  private static final class Reading<Q> extends SimpleForwardingServerCallListener<Q> {
    private @Nullable LoggedCall waiting;

    Reading(ServerCall.Listener<Q> listener, LoggedCall logged) {
      super(listener);
      this.waiting = logged;
    }

    @Override
    public void onMessage(Q message) {
      LoggedCall logged = waiting;
      if (logged != null) {
        waiting = null;
        if (message instanceof byte[] bytes) {
          logged.request(bytes);
        }
      }
      super.onMessage(message);
    }
  }
}
