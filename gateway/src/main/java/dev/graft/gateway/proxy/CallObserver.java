package dev.graft.gateway.proxy;

import io.grpc.Context;

/**
 * Is told what becomes of a call on its way. A call has an observer if its context has one. Safe
 * for use by several threads.
 */
public interface CallObserver {
  /** Where a call's observer is. */
  Context.Key<CallObserver> KEY = Context.key("graft-call-observer");

  /** The rewriter has changed the request. */
  void rewritten();
}
