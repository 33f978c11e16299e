package dev.graft.gateway.connect;

import dev.graft.gateway.proxy.CallTap;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.wire.WireException;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** A tap whose refusals the client gets as statuses. */
final class RefusingTap implements CallTap {
  private final CallTap tap;

  RefusingTap(CallTap tap) {
    this.tap = tap;
  }

  @Override
  public Optional<Executor> executor() {
    return tap.executor();
  }

  @Override
  public List<byte[]> request(byte[] message) {
    return tap.request(message);
  }

  @Override
  public byte[] response(byte[] message) {
    return PlanRequests.orStatus(() -> tap.response(message));
  }

  @Override
  public void ended(Status status) {
    try {
      tap.ended(status);
    } catch (WireException e) {
      // The backend has told nothing that could be read.
    } catch (GraftException e) {
      throw RefusalStatus.of(e);
    }
  }
}
