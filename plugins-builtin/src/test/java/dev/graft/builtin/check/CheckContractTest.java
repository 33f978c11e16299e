package dev.graft.builtin.check;

import dev.graft.testkit.contract.PluginContract;

class CheckContractTest extends PluginContract {
  @Override
  protected Object plugin() {
    return new CheckPlugin();
  }

  /** Each key is counted by itself, and samples are taken of each. */
  @Override
  protected int mostPlacesOfAnInput() {
    return Integer.MAX_VALUE;
  }
}
