package {{package}};

import dev.graft.testkit.contract.PluginContract;

/** The rules that every plugin keeps, tried with hundreds of messages. */
class {{Name}}PluginContractTest extends PluginContract {
  @Override
  protected Object plugin() {
    return new {{Name}}Plugin();
  }
}
