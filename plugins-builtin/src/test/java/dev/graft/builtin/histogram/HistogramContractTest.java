package dev.graft.builtin.histogram;

import dev.graft.testkit.contract.PluginContract;

class HistogramContractTest extends PluginContract {
  @Override
  protected Object plugin() {
    return new HistogramPlugin();
  }

  /** Once more to find the bounds, where none are given. */
  @Override
  protected int mostPlacesOfAnInput() {
    return 2;
  }
}
