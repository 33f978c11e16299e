package dev.graft.gateway.proxy;

import dev.graft.gateway.memory.CallMemory;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves every method there may be, known or not, by passing it on. The server must have its calls
 * counted ({@link dev.graft.gateway.memory.CountedCalls}).
 */
public final class ForwardingRegistry extends HandlerRegistry {
  /** Names come from clients, so what is kept of them is bounded. */
  private static final int MOST_METHODS = 1_000;

  private final Backend backend;
  private final Map<String, Rewriter> rewriters;
  private final Map<String, CallTap.Factory> taps;
  private final RewriteExecutor executor;
  private final CallsUnderWay calls;
  private final Supplier<List<ServerServiceDefinition>> described;
  private final Map<String, ServerMethodDefinition<byte[], byte[]>> methods =
      new ConcurrentHashMap<>();

  /**
   * A registry.
   *
   * @param rewriters by full method name, such as {@code spark.connect.SparkConnectService/Config}
   * @param executor where rewriting happens; what it rejects is answered with {@code UNAVAILABLE}
   * @param calls is told of each call
   * @param described the services that reflection lists; asked for each time
   */
  public ForwardingRegistry(
      Backend backend,
      Map<String, Rewriter> rewriters,
      Map<String, CallTap.Factory> taps,
      RewriteExecutor executor,
      CallsUnderWay calls,
      Supplier<List<ServerServiceDefinition>> described) {
    this.backend = backend;
    this.rewriters = Map.copyOf(rewriters);
    this.taps = Map.copyOf(taps);
    this.executor = executor;
    this.calls = calls;
    this.described = described;
  }

  @Override
  public List<ServerServiceDefinition> getServices() {
    return described.get();
  }

  @Override
  public ServerMethodDefinition<byte[], byte[]> lookupMethod(
      String methodName, @Nullable String authority) {
    ServerMethodDefinition<byte[], byte[]> known = methods.get(methodName);
    if (known != null) {
      return known;
    }
    ServerMethodDefinition<byte[], byte[]> made = define(methodName);
    if (methods.size() < MOST_METHODS) {
      methods.put(methodName, made);
    }
    return made;
  }

  private ServerMethodDefinition<byte[], byte[]> define(String methodName) {
    MethodDescriptor<byte[], byte[]> method = Backend.method(methodName);
    return ServerMethodDefinition.create(
        method,
        (call, headers) ->
            start(
                method,
                call,
                headers,
                rewriters.get(methodName),
                taps.getOrDefault(methodName, () -> CallTap.NONE)));
  }

  private ServerCall.Listener<byte[]> start(
      MethodDescriptor<byte[], byte[]> method,
      ServerCall<byte[], byte[]> client,
      Metadata ofClient,
      @Nullable Rewriter rewriter,
      CallTap.Factory tap) {
    Metadata headers = backend.headers(ofClient);
    CallMemory memory = CallMemory.current().orElseThrow();
    memory.passesOn();
    ServerCall.Listener<byte[]> listener;
    if (rewriter == null) {
      ForwardedCall forwarded =
          new ForwardedCall(backend, method, client, memory, calls, tap.begin());
      forwarded.start(headers, response -> response, 0);
      listener = forwarded;
    } else {
      listener =
          new RewrittenCall(backend, method, client, headers, memory, rewriter, executor, calls);
    }
    calls.begin();
    client.request(1);
    return listener;
  }
}
