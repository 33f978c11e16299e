package dev.graft.gateway.memory;

import io.grpc.Metadata;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import java.util.Optional;

/** Counts the messages of a server's calls. */
public final class CountedCalls {
  private CountedCalls() {}

  /**
   * Counts the calls of a server.
   *
   * @param server whose interceptors are all added already: the one that is added last is asked
   *     first
   */
  public static void of(ServerBuilder<?> server, MemoryBudget budget) {
    server.addStreamTracerFactory(new Tracers(budget)).intercept(new Counting());
  }

  private static final class Tracers extends ServerStreamTracer.Factory {
    private final MemoryBudget budget;

    Tracers(MemoryBudget budget) {
      this.budget = budget;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
      return new CallMemory(budget);
    }
  }

  private static final class Counting implements ServerInterceptor {
    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
      Optional<CallMemory> memory = CallMemory.current();
      if (memory.isEmpty()) {
        return next.startCall(call, headers);
      }
      CountedCall<Q, S> counted = new CountedCall<>(call);
      memory.get().refuses(counted);
      return counted.heardBy(next.startCall(counted, headers), memory.get());
    }
  }
}
