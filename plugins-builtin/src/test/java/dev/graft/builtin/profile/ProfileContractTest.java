package dev.graft.builtin.profile;

import dev.graft.testkit.contract.PluginContract;

class ProfileContractTest extends PluginContract {
  @Override
  protected Object plugin() {
    return new ProfilePlugin();
  }
}
