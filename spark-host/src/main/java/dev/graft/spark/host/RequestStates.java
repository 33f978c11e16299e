package dev.graft.spark.host;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/**
 * The states of the requests under way, by their planners: Spark makes a planner for each request,
 * gives plugins nothing else that lasts as long as the request, and does not say when that ends. A
 * state can be collected when its planner can. Safe for use by several threads.
 */
final class RequestStates {
  private final Map<Object, RequestState> states = Collections.synchronizedMap(new WeakHashMap<>());
  private final Supplier<RequestState> fresh;

  /**
   * No requests.
   *
   * @param fresh makes the state of a request that begins; it must not refer to the planner
   */
  RequestStates(Supplier<RequestState> fresh) {
    this.fresh = fresh;
  }

  /** The state of a planner's request. */
  RequestState of(Object planner) {
    return states.computeIfAbsent(planner, key -> fresh.get());
  }
}
