package dev.graft.builtin.profile;

import dev.graft.testkit.contract.PluginContract;

class ProfileContractTest extends PluginContract {
  @Override
  protected Object plugin() {
    return new ProfilePlugin();
  }

  /** Top values and histograms are counted in further passes, four at most. */
  @Override
  protected int mostPlacesOfAnInput() {
    return 5;
  }
}
