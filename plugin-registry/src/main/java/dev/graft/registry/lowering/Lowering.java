package dev.graft.registry.lowering;

import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.wire.WireException;
import java.util.Objects;

/**
 * Replaces the extensions in serialised Connect messages by the nodes that stand for them.
 * Immutable and safe for use by several threads; one per server is enough.
 */
public final class Lowering {
  private final LoweringTable table;
  private final int searched;

  /** Lowering by a table. */
  public Lowering(LoweringTable table) {
    this(table, Walk.SEARCHED);
  }

  /**
   * Lowering with another threshold, for tests and measurements; the result is the same.
   *
   * @param searched up to how many bytes messages are searched before they are entered
   */
  Lowering(LoweringTable table, int searched) {
    this.table = Objects.requireNonNull(table, "table");
    this.searched = searched;
  }

  /**
   * Offers every extension of a message to an expander, and every extension of its answers, and
   * puts the answers in their places.
   *
   * <p>The node in an extension's place keeps the fields of the extension's {@code common}, and
   * takes from the answer's {@code common} those that are not in it. Two different plan ids both
   * stay: the answer then becomes the input of a filter that lets everything through and has the id
   * of the extension's relation. Unknown fields beside the extension stay too.
   *
   * <p>Duplicates of a singular field, of a oneof's member or of a map's key are refused where an
   * extension is in them or beside them; in the rest of the message they stay, for the server's
   * parser to merge.
   *
   * <p>Time and memory grow linearly with the sizes of message and answers.
   *
   * @param root the type of the message
   * @param node the serialised message; not written to
   * @param expander asked for each extension, in the order of the bytes
   * @param budget of the request that this is part of
   * @return the lowered message; {@code node} itself where nothing was replaced
   * @throws GraftException GRAFT_PLAN_MALFORMED if the message is not well-formed where the walk
   *     comes by, or has duplicates around an extension; GRAFT_ANSWER_INVALID if an answer is not
   *     well-formed or has duplicates; GRAFT_TYPE_URL_MISSING, GRAFT_PLAN_TOO_DEEP,
   *     GRAFT_EXPANSION_TOO_DEEP, GRAFT_EXPANSION_TOO_LARGE
   */
  public byte[] lower(ConnectType root, byte[] node, Expander expander, ExpansionBudget budget) {
    Objects.requireNonNull(expander, "expander");
    Objects.requireNonNull(budget, "budget");
    return new Walk(node, searched, expander, budget).run(table.type(root));
  }

  /**
   * A relation with the same rows and no plan id of its own, so that it can be given another
   * without losing the one it has.
   *
   * @param relation a serialised {@code spark.connect.Relation}
   * @return {@code relation} itself where it has no plan id, or else as the input of a filter that
   *     lets everything through
   * @throws GraftException GRAFT_PLAN_MALFORMED if the relation is not well-formed
   */
  public byte[] withoutOwnPlanId(byte[] relation) {
    try {
      WalkedType type = table.type(ConnectType.RELATION);
      NodeHead head = NodeHead.read(relation, 0, relation.length, type);
      return head.planId() == null ? relation : TransparentFilter.around(relation);
    } catch (WireException e) {
      throw new GraftException(
          ErrorCode.GRAFT_PLAN_MALFORMED,
          "The relation cannot be read at byte %d of %d: %s."
              .formatted(e.offset(), relation.length, e.reason()),
          e);
    }
  }
}
