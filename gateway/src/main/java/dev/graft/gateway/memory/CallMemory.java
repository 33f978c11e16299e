package dev.graft.gateway.memory;

import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the messages of one call take: the request that is under way, and the response. gRPC asks
 * for one message of a direction at a time, and tells its tracers of each piece as it is received,
 * long before the message is whole; this is the earliest that anybody but Netty knows of them. Safe
 * for use by several threads.
 */
public final class CallMemory extends ServerStreamTracer implements UnreadBytes.Owner {
  /**
   * What keeping a piece takes beside its bytes. A client may send a message in pieces of one byte.
   */
  private static final int PIECE = 128;

  private static final Context.Key<CallMemory> KEY = Context.key("graft-call-memory");

  private final MemoryBudget budget;
  private final Share requests;
  private final Share responses;
  private final Share kept;
  private final Unread unreadRequests;
  private final Unread unreadResponses;

  /** That of all that is done for the call, the call to the backend included. */
  private volatile Context.CancellableContext context = Context.ROOT.withCancellation();

  private volatile @Nullable CountedCall<?, ?> call;
  private volatile boolean passedOn;
  private volatile @Nullable Status refusal;
  private volatile @Nullable SocketAddress client;

  /** The memory of a call that has received nothing yet. */
  CallMemory(MemoryBudget budget) {
    this.budget = budget;
    this.requests = budget.share();
    this.responses = budget.share();
    this.kept = budget.share();
    this.unreadRequests = budget.unread().of(this);
    this.unreadResponses = budget.unread().of(this);
    UnreadFrames.count(unreadRequests);
  }

  /**
   * The memory of the call whose context is the current one; empty outside of calls that are
   * counted.
   */
  public static Optional<CallMemory> current() {
    return Optional.ofNullable(KEY.get());
  }

  /** The request that is under way, and what is made of it. */
  public Share requests() {
    return requests;
  }

  /** The response that is under way. */
  public Share responses() {
    return responses;
  }

  /** What is kept for as long as the call lasts; only who takes it gives it back before. */
  public Share kept() {
    return kept;
  }

  /**
   * Says that the handler passes requests on, and gives their memory back itself when it has.
   * Unless this is called, a request's memory is given back as soon as its handler has got the
   * request.
   */
  public void passesOn() {
    passedOn = true;
  }

  /** The handler has been given a request. */
  void requestRead() {
    if (!passedOn) {
      requests.shrinkTo(0);
    }
  }

  /** Sets the call that a refusal ends. */
  void refuses(CountedCall<?, ?> counted) {
    call = counted;
    Status earlier = refusal;
    if (earlier != null) {
      counted.refuse(earlier);
      context.cancel(null);
    }
  }

  /** Ends the call: there is no memory for it. */
  public void refuse() {
    refuse(Status.RESOURCE_EXHAUSTED.withDescription(budget.exhausted().getMessage()));
  }

  /** Ends the call with a status. */
  @Override
  public void refuse(Status status) {
    refusal = status;
    CountedCall<?, ?> ended = call;
    if (ended != null) {
      ended.refuse(status);
      // The client may not read, and never learn of the end; what is done for it ends at once.
      context.cancel(null);
    }
  }

  @Override
  public Object connection() {
    SocketAddress from = client;
    return from == null ? this : from;
  }

  @Override
  public Context filterContext(Context ofServer) {
    Context.CancellableContext own = ofServer.withCancellation();
    context = own;
    return own.withValue(KEY, this);
  }

  @Override
  public void serverCallStarted(ServerCallInfo<?, ?> started) {
    SocketAddress from = started.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    if (from != null) {
      client = from;
      ConnectionMemory connection = budget.join(from);
      requests.of(connection);
      responses.of(connection);
      kept.of(connection);
    }
  }

  @Override
  public void inboundWireSize(long bytes) {
    unreadRequests.read(bytes);
    received(requests, bytes);
  }

  @Override
  public void inboundMessageRead(int sequence, long wireSize, long uncompressedSize) {
    requests.shrinkTo(wireSize);
  }

  @Override
  public void streamClosed(Status status) {
    requests.close();
    responses.close();
    kept.close();
    unreadRequests.close();
    unreadResponses.close();
    SocketAddress from = client;
    if (from != null) {
      budget.leave(from);
    }
  }

  private void received(Share share, long bytes) {
    if (refusal == null && !share.tryTake(bytes + PIECE)) {
      refuse();
      // The call's memory is freed when this event loop ends the call; it is given back now, so
      // that other calls need not be refused until then.
      share.shrinkTo(0);
    }
  }

  /** Options of a call to the backend whose responses are counted. */
  public CallOptions counting(CallOptions options) {
    return options.withStreamTracerFactory(
        new ClientStreamTracer.Factory() {
          @Override
          public ClientStreamTracer newClientStreamTracer(
              ClientStreamTracer.StreamInfo info, Metadata headers) {
            return new Responses();
          }
        });
  }

  private final class Responses extends ClientStreamTracer {
    @Override
    public void inboundHeaders() {
      UnreadFrames.count(unreadResponses);
    }

    @Override
    public void inboundWireSize(long bytes) {
      unreadResponses.read(bytes);
      received(responses, bytes);
    }

    @Override
    public void inboundMessageRead(int sequence, long wireSize, long uncompressedSize) {
      responses.shrinkTo(wireSize);
    }
  }
}
