package dev.graft.builtin.topk;

import dev.graft.testkit.contract.PluginContract;

class TopKContractTest extends PluginContract {
  @Override
  protected Object plugin() {
    return new TopKPlugin();
  }
}
