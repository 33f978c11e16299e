package dev.graft.builtin.check;

import dev.graft.testkit.contract.PluginContract;

class CheckContractTest extends PluginContract {
  @Override
  protected Object plugin() {
    return new CheckPlugin();
  }
}
