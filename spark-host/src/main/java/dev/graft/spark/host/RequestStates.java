package dev.graft.spark.host;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The states of the requests under way, by their planners: Spark makes a planner for each request,
 * gives plugins nothing else that lasts as long as the request, and does not say when that ends. A
 * state can be collected when its planner can. Safe for use by several threads.
 */
final class RequestStates implements AutoCloseable {
  /** A state, until its planner has been collected. */
  private static final class Held {
    private volatile @Nullable RequestState state;
    private final Cleaner.Cleanable end;

    Held(RequestState state, Object planner, Cleaner cleaner) {
      this.state = state;
      this.end = cleaner.register(planner, this::letGo);
    }

    private void letGo() {
      state = null;
    }
  }

  private final Map<Object, Held> states = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * A weak map lets go of its values when it is used next, which may be never. A state may hold the
   * plugins of a session that is over.
   */
  private final Cleaner cleaner = Cleaner.create();

  private final Function<Object, RequestState> fresh;

  /**
   * No requests.
   *
   * @param fresh makes the state of a planner's request, which must not refer to the planner
   */
  RequestStates(Function<Object, RequestState> fresh) {
    this.fresh = fresh;
  }

  /** The state of a planner's request. */
  RequestState of(Object planner) {
    try {
      Held held = states.computeIfAbsent(planner, this::hold);
      return Objects.requireNonNull(held.state);
    } finally {
      Reference.reachabilityFence(planner);
    }
  }

  private Held hold(Object planner) {
    return new Held(fresh.apply(planner), planner, cleaner);
  }

  /**
   * Forgets all requests. Otherwise the cleaner's thread would keep the host for as long as
   * something of Spark's keeps a planner.
   */
  @Override
  public void close() {
    synchronized (states) {
      states.values().forEach(held -> held.end.clean());
      states.clear();
    }
  }
}
