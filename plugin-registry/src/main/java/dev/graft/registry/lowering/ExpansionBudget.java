package dev.graft.registry.lowering;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.wire.AnyMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What one request has used of its {@link ExpansionLimits}.
 *
 * <p>One budget serves all calls of {@link Lowering#lower} of a request, those made while another
 * one runs included. A host that lets the engine plan an answer, and is called back for extensions
 * inside it, puts {@link #enter} and {@link #exit} around that. Mutable; <b>not</b> safe for use by
 * several threads.
 */
public final class ExpansionBudget {
  private final ExpansionLimits limits;
  private ExpansionRoom room;
  private int depth;
  private int nodes;
  private final Map<String, Integer> made = new HashMap<>();
  private String lastMade = "";
  private int madeSince;
  private long bytes;

  /** A budget of which nothing is used. */
  public ExpansionBudget(ExpansionLimits limits) {
    this(limits, ExpansionRoom.WIDE);
  }

  /** A budget of which nothing is used, of a host with the given room. */
  public ExpansionBudget(ExpansionLimits limits, ExpansionRoom room) {
    this.limits = Objects.requireNonNull(limits, "limits");
    this.room = Objects.requireNonNull(room, "room");
  }

  /** Replaces the host's room from now on; what is used stays used. */
  public void moveTo(ExpansionRoom other) {
    room = Objects.requireNonNull(other, "other");
  }

  /** How many answers are being expanded inside one another at this moment. */
  public int depth() {
    return depth;
  }

  /** How many nodes answers have held so far. */
  public int nodes() {
    return nodes;
  }

  /**
   * Enters an answer: up to the matching {@link #exit}, extensions are one answer deeper.
   *
   * @param typeUrl the extension that the answer stands for
   * @throws GraftException GRAFT_EXPANSION_TOO_DEEP; then there is nothing to exit
   */
  public void enter(String typeUrl) {
    enter(1, typeUrl);
  }

  /** Leaves what the last {@link #enter} entered. */
  public void exit() {
    exit(1);
  }

  /**
   * Enters several answers at once, up to the matching {@link #exit(int)}.
   *
   * @param answers how many; 0 or more
   * @param typeUrl the extension that the innermost answer stands for
   * @throws GraftException GRAFT_EXPANSION_TOO_DEEP; then there is nothing to exit
   */
  public void enter(int answers, String typeUrl) {
    if (answers > limits.depth() - depth) {
      throw new GraftException(
          ErrorCode.GRAFT_EXPANSION_TOO_DEEP,
          "Expanding the extension '%s' would put more than %d answers inside one another. Either its plugin answers with an extension that leads back to itself, or the plan nests that deep: then raise %s."
              .formatted(
                  AnyMessage.shown(typeUrl),
                  limits.depth(),
                  limits.keyPrefix() + ExpansionLimits.DEPTH_KEY));
    }
    depth += answers;
  }

  /** Leaves what the matching {@link #enter(int, String)} entered. */
  public void exit(int answers) {
    if (answers > depth) {
      throw new IllegalStateException("exit without enter");
    }
    depth -= answers;
  }

  /**
   * Counts one relation, expression or command of an answer.
   *
   * @param typeUrl the extension that the answer stands for
   * @throws GraftException GRAFT_EXPANSION_TOO_LARGE
   */
  public void spendNode(String typeUrl) {
    if (nodes >= limits.nodes()) {
      throw tooManyNodes(typeUrl);
    }
    nodes++;
    if (!typeUrl.equals(lastMade)) { // nearly always the very same text
      keepMade();
      lastMade = typeUrl;
    }
    madeSince++;
  }

  private void keepMade() {
    if (madeSince > 0) {
      made.merge(lastMade, madeSince, Integer::sum);
      madeSince = 0;
    }
  }

  /**
   * How many nodes the answers to an extension have held since this was asked last.
   *
   * @param typeUrl the extension's
   */
  public int takeMade(String typeUrl) {
    keepMade();
    Integer count = made.remove(typeUrl);
    return count == null ? 0 : count;
  }

  /**
   * Checks an answer that a host has put together from inputs it had, so that their nodes were not
   * counted.
   *
   * @param nodes by how many the answer is larger than its inputs
   * @param typeUrl the extension that the answer stands for
   * @throws GraftException GRAFT_EXPANSION_TOO_LARGE
   */
  public void checkGrowth(long nodes, String typeUrl) {
    if (nodes > limits.nodes()) {
      throw tooManyNodes(typeUrl);
    }
  }

  private GraftException tooManyNodes(String typeUrl) {
    return new GraftException(
        ErrorCode.GRAFT_EXPANSION_TOO_LARGE,
        "With the answer to the extension '%s', the answers of this request hold more than %d relations, expressions and commands (%s). Make the plan smaller, or raise that limit."
            .formatted(
                AnyMessage.shown(typeUrl),
                limits.nodes(),
                limits.keyPrefix() + ExpansionLimits.NODES_KEY));
  }

  /**
   * Counts the bytes of one answer.
   *
   * @param typeUrl the extension that the answer stands for
   * @throws GraftException GRAFT_EXPANSION_TOO_LARGE, or what the host's room throws
   */
  public void spendBytes(int answer, String typeUrl) {
    if (answer > limits.bytes() - bytes) {
      throw new GraftException(
          ErrorCode.GRAFT_EXPANSION_TOO_LARGE,
          "With the answer to the extension '%s', the answers of this request hold more than %d bytes (%s). Send large local data as a cached relation or a table, nest fewer extensions around it, or raise that limit."
              .formatted(
                  AnyMessage.shown(typeUrl),
                  limits.bytes(),
                  limits.keyPrefix() + ExpansionLimits.BYTES_KEY));
    }
    room.memory().accept(answer);
    bytes += answer;
  }

  /**
   * Checks the size of a lowered message, or of the part that is there so far.
   *
   * @throws GraftException GRAFT_EXPANSION_TOO_LARGE
   */
  void checkResult(long size) {
    if (size > room.resultBytes()) {
      throw new GraftException(
          ErrorCode.GRAFT_EXPANSION_TOO_LARGE,
          "With its extensions expanded the plan is larger than %,d bytes (%s), and would not be taken. Send large local data as a cached relation or a table, or nest fewer extensions around it."
              .formatted(room.resultBytes(), room.resultKey()));
    }
  }

  /**
   * Asks the host for the memory of a lowered message, just before it is put together.
   *
   * @throws GraftException what the host's room throws
   */
  void putTogether(long size) {
    room.memory().accept(size);
  }
}
