package dev.graft.spark.host;

import dev.graft.registry.PlanLowering;
import dev.graft.registry.SchemaQuestions;
import dev.graft.registry.Snapshot;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.Lowering;
import java.util.HashMap;
import java.util.Map;

/**
 * What a request has spent and learnt so far. Used by the thread that plans it.
 *
 * @param snapshot the plugins that it began with
 * @param lowering replaces extensions by the answers of these plugins
 * @param budget what is left for the request
 * @param schemas what its plugins asked about relations
 * @param made what its plugins made once, by their keys
 */
record RequestState(
    Snapshot snapshot,
    PlanLowering lowering,
    ExpansionBudget budget,
    SchemaQuestions schemas,
    Map<Object, Object> made) {
  /** The state of a request that begins, and keeps this snapshot. */
  static RequestState of(Snapshot snapshot, Lowering lowering) {
    PlanLowering plans = new PlanLowering(lowering, snapshot.dispatcher());
    ExpansionBudget budget = new ExpansionBudget(snapshot.expansionLimits());
    return new RequestState(
        snapshot,
        plans,
        budget,
        new SchemaQuestions(plans, budget, snapshot.schemaLimits()),
        new HashMap<>());
  }
}
