package dev.graft.gateway.connect;

import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.wire.Slice;
import dev.graft.registry.wire.WireCursor;
import dev.graft.registry.wire.WireException;
import dev.graft.registry.wire.WireMessage;
import dev.graft.registry.wire.WireType;
import java.util.List;
import java.util.function.UnaryOperator;

/** Where a request holds {@code spark.connect.Plan}s. Immutable. */
final class PlanPlaces {
  static final PlanPlaces EXECUTE_PLAN_REQUEST =
      new PlanPlaces(List.of(List.of(FieldNumbers.EXECUTE_PLAN)));

  /** The eight variants that hold a plan; the three that hold a bare relation never compress it. */
  static final PlanPlaces ANALYZE_PLAN_REQUEST =
      new PlanPlaces(
          List.of(
              List.of(4, 1), // schema
              List.of(5, 1), // explain
              List.of(6, 1), // tree_string
              List.of(7, 1), // is_local
              List.of(8, 1), // is_streaming
              List.of(9, 1), // input_files
              List.of(12, 1), // same_semantics.target_plan
              List.of(12, 2), // same_semantics.other_plan
              List.of(13, 1))); // semantic_hash

  /** So many fields are looked at on an event loop; a client may send millions. */
  private static final int MOST_FIELDS = 1_000;

  private final List<List<Integer>> paths;

  private PlanPlaces(List<List<Integer>> paths) {
    this.paths = paths;
  }

  /**
   * Whether a plan may be compressed; quick enough for an event loop. False only if none is, or if
   * the request is not well-formed, which the backend refuses as it likes.
   */
  boolean mayHoldCompressedPlan(byte[] request) {
    try {
      return new Look().find(Slice.of(request), paths);
    } catch (WireException e) {
      return false;
    }
  }

  /**
   * The request with other plans in their places.
   *
   * @return {@code request} itself where {@code change} returned each plan itself
   * @throws dev.graft.registry.error.GraftException GRAFT_PLAN_MALFORMED if a plan, or what it lies
   *     in, is there twice, or the request is not well-formed
   */
  WireMessage change(WireMessage request, UnaryOperator<WireMessage> change) {
    WireMessage changed = request;
    for (List<Integer> path : paths) {
      changed = change(changed, path, change);
    }
    return changed;
  }

  private static WireMessage change(
      WireMessage message, List<Integer> path, UnaryOperator<WireMessage> change) {
    if (path.isEmpty()) {
      return change.apply(message);
    }
    int number = path.get(0);
    WireMessage inner = message.only(number).map(WireMessage::new).orElse(null);
    if (inner == null) {
      return message;
    }
    WireMessage changed = change(inner, path.subList(1, path.size()), change);
    return changed == inner ? message : message.with(number, changed.bytes());
  }

  /** A look at the tags that lead to plans, which steps over everything else and copies nothing. */
  private static final class Look {
    private int fields;

    boolean find(Slice message, List<List<Integer>> paths) {
      WireCursor in = new WireCursor(message);
      while (in.nextField()) {
        if (++fields > MOST_FIELDS) {
          return true;
        }
        int number = in.fieldNumber();
        boolean delimited = in.wireType() == WireType.LENGTH;
        if (delimited && paths.isEmpty() && number == FieldNumbers.PLAN_COMPRESSED) {
          return true;
        }
        List<List<Integer>> further =
            delimited && !paths.isEmpty() ? after(number, paths) : List.of();
        if (further.isEmpty()) {
          in.skip();
        } else if (find(in.content(), further.contains(List.of()) ? List.of() : further)) {
          return true;
        }
      }
      return false;
    }

    private static List<List<Integer>> after(int number, List<List<Integer>> paths) {
      return paths.stream()
          .filter(path -> path.get(0) == number)
          .map(path -> path.subList(1, path.size()))
          .toList();
    }
  }
}
