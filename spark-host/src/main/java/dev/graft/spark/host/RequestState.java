package dev.graft.spark.host;

import dev.graft.registry.PlanLowering;
import dev.graft.registry.Registry;
import dev.graft.registry.SchemaQuestions;
import dev.graft.registry.lowering.ExpansionBudget;
import java.util.HashMap;
import java.util.Map;

/**
 * What a request has spent and learnt so far. Used by the thread that plans it.
 *
 * @param budget what is left for the request
 * @param schemas what its plugins asked about relations
 * @param made what its plugins made once, by their keys
 */
record RequestState(ExpansionBudget budget, SchemaQuestions schemas, Map<Object, Object> made) {
  /** Of a request that begins. */
  static RequestState of(Registry registry, PlanLowering lowering) {
    ExpansionBudget budget = new ExpansionBudget(registry.expansionLimits());
    return new RequestState(
        budget, new SchemaQuestions(lowering, budget, registry.schemaLimits()), new HashMap<>());
  }
}
