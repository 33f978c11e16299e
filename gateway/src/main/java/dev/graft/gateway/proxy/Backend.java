package dev.graft.gateway.proxy;

import dev.graft.gateway.memory.CallMemory;
import dev.graft.registry.pace.Pace;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backend: a channel, and the headers that take the place of the client's. Safe for use by
 * several threads.
 */
public final class Backend {
  private static final Logger LOG = LoggerFactory.getLogger(Backend.class);

  private final Pace warnings = new Pace(Duration.ofSeconds(1));
  private final Channel channel;
  private final String name;
  private final Metadata ownHeaders;

  /**
   * A backend.
   *
   * @param channel may use direct executors: nothing that it calls here blocks
   * @param name what the log calls it, without secrets
   * @param ownHeaders replace headers of the same names in each call; not written to afterwards
   */
  public Backend(Channel channel, String name, Metadata ownHeaders) {
    this.channel = channel;
    this.name = name;
    this.ownHeaders = copy(ownHeaders);
  }

  /** A method that is served and called as bytes in both directions. */
  static MethodDescriptor<byte[], byte[]> method(String fullName) {
    return MethodDescriptor.<byte[], byte[]>newBuilder(
            BytesMarshaller.REQUESTS, BytesMarshaller.RESPONSES)
        .setFullMethodName(fullName)
        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
        .build();
  }

  /**
   * A call with the deadline, the life and the memory of the call whose context is the current one.
   */
  ClientCall<byte[], byte[]> newCall(MethodDescriptor<byte[], byte[]> method) {
    return newCall(method, Optional.empty());
  }

  /**
   * The same.
   *
   * @param executor calls the call's listener; empty for the event loop
   */
  ClientCall<byte[], byte[]> newCall(
      MethodDescriptor<byte[], byte[]> method, Optional<Executor> executor) {
    CallOptions options = options(CallMemory.current());
    return channel.newCall(method, executor.map(options::withExecutor).orElse(options));
  }

  private static CallOptions options(Optional<CallMemory> memory) {
    return memory.map(call -> call.counting(CallOptions.DEFAULT)).orElse(CallOptions.DEFAULT);
  }

  /** A client's headers as the backend gets them; a copy, since a call keeps and changes them. */
  Metadata headers(Metadata ofClient) {
    Metadata headers = copy(ofClient);
    for (String name : ownHeaders.keys()) {
      headers.discardAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }
    headers.merge(ownHeaders);
    return headers;
  }

  static Metadata copy(Metadata headers) {
    Metadata copy = new Metadata();
    copy.merge(headers);
    return copy;
  }

  /**
   * A status as the client gets it. What the backend said stays as it is; if the backend could not
   * be reached, the client is told no more than that, and the log says why.
   */
  Status described(Status status) {
    Throwable cause = status.getCause();
    if (status.getCode() != Status.Code.UNAVAILABLE || cause == null) {
      return status;
    }
    if (warnings.turn()) {
      LOG.warn(
          "The gateway cannot reach {}: {} ({})",
          name,
          status.getDescription(),
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }
    return Status.UNAVAILABLE.withDescription(
        "The gateway cannot reach the server behind it. Try again later; the gateway's log says"
            + " why.");
  }

  /**
   * Calls a method with one request and one response, and waits. Not for event loops.
   *
   * @param headers what goes to the backend
   * @throws io.grpc.StatusRuntimeException if the backend refuses or does not answer in time
   */
  public byte[] call(String fullName, byte[] request, Metadata headers, Duration patience) {
    MethodDescriptor<byte[], byte[]> unary =
        method(fullName).toBuilder().setType(MethodDescriptor.MethodType.UNARY).build();
    Optional<CallMemory> memory = CallMemory.current();
    try {
      return ClientCalls.blockingUnaryCall(
          io.grpc.ClientInterceptors.intercept(
              channel, MetadataUtils.newAttachHeadersInterceptor(copy(headers))),
          unary,
          options(memory).withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS),
          request);
    } finally {
      memory.ifPresent(call -> call.responses().shrinkTo(0));
    }
  }
}
