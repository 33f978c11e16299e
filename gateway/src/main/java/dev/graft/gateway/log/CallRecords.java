package dev.graft.gateway.log;

import dev.graft.gateway.access.Caller;
import dev.graft.registry.error.ClientText;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.Failures;
import dev.graft.registry.invoke.Tally;
import dev.graft.registry.status.Traffic;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of a server's calls: how many there were of each method and how long they took, the
 * last that were refused, and, where it is wanted, a line of the log for each. The lines are
 * written on event loops: an appender that may block belongs behind an asynchronous one. Safe for
 * use by several threads.
 */
public final class CallRecords {
  /** The logger's name. */
  public static final String LOGGER = "dev.graft.gateway.requests";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  /** Names come from clients, so what is kept of them is bounded. */
  private static final int MOST_METHODS = 50;

  private static final String OTHERS = "others";

  private final boolean logged;
  private final Failures failures;
  private final Map<String, Tally> methods = new ConcurrentHashMap<>();

  /**
   * No calls yet.
   *
   * @param logged whether each becomes a line of the log
   * @param failures where refusals are listed
   */
  public CallRecords(boolean logged, Failures failures) {
    this.logged = logged;
    this.failures = failures;
  }

  /** Records a server's calls, those that an interceptor refuses among them. */
  public void of(ServerBuilder<?> server) {
    server.addStreamTracerFactory(new Tracers()).intercept(new FirstRequest());
  }

  /** What came of the calls of each method, by its name. */
  public List<Traffic.Method> methods() {
    return methods.entrySet().stream()
        .map(
            entry ->
                new Traffic.Method(
                    entry.getKey(), entry.getValue().counts(), entry.getValue().failures()))
        .sorted(Comparator.comparing(Traffic.Method::name))
        .toList();
  }

  /** A call is over. */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  void ended(
      String method,
      Status status,
      long nanos,
      long bytesIn,
      long bytesOut,
      Optional<ErrorCode> code,
      Caller caller) {
    Tally tally = tally(method);
    if (status.isOk()) {
      tally.accepted(nanos, bytesIn, bytesOut);
    } else {
      tally.failed(status.getCode().name(), nanos, bytesIn, bytesOut);
    }
    code.ifPresent(
        one ->
            failures.add(
                one,
                String.valueOf(status.getDescription()).replaceFirst("^\\[\\w+] ?", ""),
                caller.user(),
                caller.session()));
  }

  private Tally tally(String method) {
    Tally known = methods.get(method);
    return known != null
        ? known
        : methods.computeIfAbsent(
            methods.size() < MOST_METHODS ? ClientText.quote(method) : OTHERS, name -> new Tally());
  }

  boolean areLogged() {
    return logged;
  }

  void log(String line) {
    LOG.info("{}", line);
  }

  /** Begins the record of a call. */
  private final class Tracers extends ServerStreamTracer.Factory {
    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
      return new LoggedCall(CallRecords.this, fullMethodName);
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
