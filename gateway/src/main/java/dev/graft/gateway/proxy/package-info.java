/**
 * A gRPC proxy that knows no messages: every method of every service is served as two streams of
 * bytes, whose flow control is coupled, so that the slower side decides how much is in memory.
 *
 * <p>What is to be read or changed is handed to a {@link dev.graft.gateway.proxy.Rewriter}, which
 * is there for the methods of one service that need it. All other calls never leave the event loop
 * they came in on.
 */
@NullMarked
package dev.graft.gateway.proxy;

import org.jspecify.annotations.NullMarked;
