package dev.graft.gateway.proxy;

import io.grpc.Context;

/**
 * Is told what becomes of a call on its way; there is one where the call's context has one. Safe
 * for use by several threads.
 */
public interface CallObserver {
  /** Where a call's observer is. */
  Context.Key<CallObserver> KEY = Context.key("graft-call-observer");

  /** The request has been read and changed as its rewriter wants it. */
  void rewritten();
}
