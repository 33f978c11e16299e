package dev.graft.benchmarks.attacks.kind;

import java.io.IOException;
import java.util.Random;

/** One kind of attack under way. Used by one thread. */
public interface Attack extends AutoCloseable {
  /**
   * Does a little more, for some milliseconds, or for as long as the gateway takes to answer.
   *
   * @param random decides all that is left to chance
   * @throws IOException if the gateway has closed a connection, as it may; the attack goes on
   * @throws io.grpc.StatusRuntimeException if the gateway refuses a call, as it may
   */
  void step(Random random) throws IOException, InterruptedException;

  /** Ends the attack, and closes its connections. */
  @Override
  void close();
}
