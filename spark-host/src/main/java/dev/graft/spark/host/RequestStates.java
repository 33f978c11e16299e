package dev.graft.spark.host;

import java.lang.ref.Cleaner;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * The states of the requests under way, by their planners: Spark makes a planner for each request,
 * gives plugins nothing else that lasts as long as the request, and does not say when that ends. A
 * state can be collected when its planner can. Safe for use by several threads.
 */
final class RequestStates {
  private final Map<Object, RequestState> states = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * A weak map lets go of values when it is used next. A state may hold the plugins of a session
   * that is over, so it goes as soon as its planner is collected.
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
    return states.computeIfAbsent(
        planner,
        key -> {
          cleaner.register(key, () -> letGo(states));
          return fresh.apply(key);
        });
  }

  private static void letGo(Map<Object, RequestState> states) {
    int unused = states.size(); // any call looks for what has been collected
  }
}
