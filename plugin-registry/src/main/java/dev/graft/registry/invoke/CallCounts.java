package dev.graft.registry.invoke;

import java.util.Objects;

/**
 * What came of the calls of a plugin for one message, or for several together.
 *
 * @param accepted how many it answered
 * @param declined how many it left to others
 * @param failed how many it refused or failed on, also where the server was to blame, such as for a
 *     table that is not there
 * @param bytesIn how many bytes the messages had
 * @param bytesOut how many bytes the answers had; none where an answer is the engine's own node
 * @param nodes how many relations, expressions and commands the answers held, those of inputs
 *     included that were put into them
 * @param durations how long the calls took, those included that a plugin caused: to analyse a
 *     relation it asked about, and the plugins of the extensions inside that
 */
public record CallCounts(
    long accepted,
    long declined,
    long failed,
    long bytesIn,
    long bytesOut,
    long nodes,
    Durations durations) {
  /** No calls. */
  public static final CallCounts NONE = new CallCounts(0, 0, 0, 0, 0, 0, Durations.NONE);

  public CallCounts {
    Objects.requireNonNull(durations, "durations");
  }

  /** How many extensions it was asked about. */
  public long offered() {
    return accepted + declined + failed;
  }

  /** The same with a number of nodes. */
  CallCounts withNodes(long number) {
    return new CallCounts(accepted, declined, failed, bytesIn, bytesOut, number, durations);
  }

  /** Both together. */
  public CallCounts plus(CallCounts other) {
    return new CallCounts(
        accepted + other.accepted,
        declined + other.declined,
        failed + other.failed,
        bytesIn + other.bytesIn,
        bytesOut + other.bytesOut,
        nodes + other.nodes,
        durations.plus(other.durations));
  }
}
