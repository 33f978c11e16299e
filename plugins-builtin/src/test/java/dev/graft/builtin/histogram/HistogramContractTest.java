package dev.graft.builtin.histogram;

import dev.graft.testkit.contract.PluginContract;

class HistogramContractTest extends PluginContract {
  @Override
  protected Object plugin() {
    return new HistogramPlugin();
  }
}
