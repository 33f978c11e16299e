package dev.graft.builtin.asofjoin;

import dev.graft.testkit.contract.PluginContract;

class AsOfJoinContractTest extends PluginContract {
  @Override
  protected Object plugin() {
    return new AsOfJoinPlugin();
  }
}
