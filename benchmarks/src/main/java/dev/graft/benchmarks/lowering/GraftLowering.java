package dev.graft.benchmarks.lowering;

import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.lowering.Expander;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.ExpansionLimits;
import dev.graft.registry.lowering.Lowering;
import dev.graft.registry.lowering.LoweringTable;

/** Graft's side: lowering as a host calls it, with limits that no benchmark reaches. */
final class GraftLowering {
  private static final ExpansionLimits WIDE = new ExpansionLimits(100_000, 10_000_000);

  private final Lowering lowering = new Lowering(LoweringTable.ofConnect());

  byte[] lower(byte[] plan, Expander expander) {
    return lowering.lower(ConnectType.PLAN, plan, expander, new ExpansionBudget(WIDE));
  }

  /** Lowers a plan in which there is nothing to be found. */
  byte[] lower(byte[] plan) {
    return lower(
        plan,
        extension -> {
          throw new IllegalStateException(extension.typeUrl());
        });
  }
}
