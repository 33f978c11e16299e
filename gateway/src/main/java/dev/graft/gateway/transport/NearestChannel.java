package dev.graft.gateway.transport;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A connection for each event loop. A call goes out on the loop that it came in on, so that no
 * message is ever handed from thread to thread: that handing over costs more than everything else
 * that is done with a small message. All calls of a client's connection go over the same one.
 *
 * <p>A call that begins on another thread goes over the first connection. Safe for use by several
 * threads.
 */
final class NearestChannel extends ManagedChannel {
  /**
   * One connection, made when it is needed.
   *
   * @param loop the thread that serves it
   */
  record OnLoop(EventLoop loop, ManagedChannel channel) {}

  private final List<OnLoop> all;

  /** A channel over at least one connection. */
  NearestChannel(List<OnLoop> all) {
    this.all = List.copyOf(all);
  }

  @Override
  public <Q, S> ClientCall<Q, S> newCall(MethodDescriptor<Q, S> method, CallOptions options) {
    return nearest().newCall(method, options);
  }

  private ManagedChannel nearest() {
    for (OnLoop one : all) {
      if (one.loop().inEventLoop()) {
        return one.channel();
      }
    }
    return all.get(0).channel();
  }

  @Override
  public String authority() {
    return all.get(0).channel().authority();
  }

  @Override
  public ManagedChannel shutdown() {
    all.forEach(one -> one.channel().shutdown());
    return this;
  }

  @Override
  public ManagedChannel shutdownNow() {
    all.forEach(one -> one.channel().shutdownNow());
    return this;
  }

  @Override
  public boolean isShutdown() {
    return all.stream().allMatch(one -> one.channel().isShutdown());
  }

  @Override
  public boolean isTerminated() {
    return all.stream().allMatch(one -> one.channel().isTerminated());
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    long end = System.nanoTime() + unit.toNanos(timeout);
    for (OnLoop one : all) {
      if (!one.channel().awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    }
    return true;
  }
}
