package dev.graft.builtin.rownumber;

import dev.graft.testkit.contract.PluginContract;

class RowNumberContractTest extends PluginContract {
  @Override
  protected Object plugin() {
    return new RowNumberPlugin();
  }

  /** Once for a sample of the order. */
  @Override
  protected int mostPlacesOfAnInput() {
    return 2;
  }
}
