package dev.graft.gateway.proxy;

import dev.graft.gateway.memory.CallMemory;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One call, passed on in both directions. Deadline and cancellation travel by the context in which
 * it is made, which is that of the client's call.
 *
 * <p>gRPC calls one listener at a time for each direction; what is shared between the directions is
 * two {@link Demand}s.
 */
final class ForwardedCall extends ServerCall.Listener<byte[]> {
  private final Backend backend;
  private final ServerCall<byte[], byte[]> client;
  private final CallsUnderWay calls;
  private final ClientCall<byte[], byte[]> toBackend;
  private final Demand requests;
  private final Demand responses;
  private final CallTap tap;
  private UnaryOperator<byte[]> change = UnaryOperator.identity();
  private volatile long held;

  /**
   * A call that has not been started.
   *
   * @param tap looks at what passes
   */
  ForwardedCall(
      Backend backend,
      MethodDescriptor<byte[], byte[]> method,
      ServerCall<byte[], byte[]> client,
      CallMemory memory,
      CallsUnderWay calls,
      CallTap tap) {
    this.backend = backend;
    this.tap = tap;
    this.client = client;
    this.calls = calls;
    this.toBackend = backend.newCall(method, tap.executor());
    this.requests =
        new Demand(
            toBackend::isReady,
            () -> {
              memory.requests().shrinkTo(held);
              client.request(1);
            });
    this.responses =
        new Demand(
            client::isReady,
            () -> {
              memory.responses().shrinkTo(0);
              toBackend.request(1);
            });
  }

  /**
   * Begins the call to the backend.
   *
   * @param headers handed over
   * @param change changes each response
   * @param held how many bytes {@code change} holds
   */
  void start(Metadata headers, UnaryOperator<byte[]> change, long held) {
    this.change = change;
    this.held = held;
    toBackend.start(new Responses(), headers);
    toBackend.request(1);
  }

  @Override
  public void onMessage(byte[] request) {
    for (byte[] passed : tap.request(request)) {
      toBackend.sendMessage(passed);
    }
    requests.passedOn();
  }

  @Override
  public void onHalfClose() {
    toBackend.halfClose();
  }

  @Override
  public void onCancel() {
    calls.end();
    toBackend.cancel("The client has cancelled the call", null);
  }

  @Override
  public void onComplete() {
    calls.end();
  }

  @Override
  public void onReady() {
    responses.roomCame();
  }

  /** Passes what the backend sends on to the client. */
  private final class Responses extends ClientCall.Listener<byte[]> {
    /** Whether the client's call has ended already, because a response was refused. */
    private boolean refused;

    @Override
    public void onHeaders(Metadata headers) {
      client.sendHeaders(headers);
    }

    @Override
    public void onMessage(byte[] response) {
      if (refused) {
        return;
      }
      byte[] changed;
      try {
        changed = change.apply(tap.response(response));
      } catch (StatusRuntimeException e) {
        toBackend.cancel("The gateway has refused the response", null);
        close(e);
        return;
      }
      client.sendMessage(changed);
      responses.passedOn();
    }

    private void close(StatusRuntimeException refusal) {
      refused = true;
      client.close(
          refusal.getStatus(), Optional.ofNullable(refusal.getTrailers()).orElseGet(Metadata::new));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      try {
        tap.ended(status);
      } catch (StatusRuntimeException e) {
        close(e);
      }
      if (!refused) {
        client.close(backend.described(status), trailers);
      }
    }

    @Override
    public void onReady() {
      requests.roomCame();
    }
  }
}
