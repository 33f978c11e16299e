package dev.graft.registry;

import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.invoke.ContextLoader;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.spi.Engine;
import dev.graft.spi.Extension;
import java.util.List;
import java.util.function.Supplier;

/**
 * The engine as a native plugin gets it: the Connect nodes it is given are checked like answers.
 *
 * @param engine the host's
 * @param check the check of answers
 * @param plugin the plugin that uses the engine
 * @param extension what the plugin was asked about
 * @param request the request it came with
 * @param loader sets the thread's context class loader back to the host's while the engine works
 */
record CheckedEngine(
    Engine engine,
    AnswerCheck check,
    LoadedPlugin plugin,
    Extension extension,
    RequestContext request,
    ContextLoader loader)
    implements Engine {
  @Override
  public Object session() {
    return engine.session();
  }

  @Override
  public Object relation(byte[] relation) {
    check.check(ConnectType.RELATION, relation, plugin, extension, request);
    return loader.outside(() -> engine.relation(relation));
  }

  @Override
  public Object expression(byte[] expression) {
    check.check(ConnectType.EXPRESSION, expression, plugin, extension, request);
    return loader.outside(() -> engine.expression(expression));
  }

  @Override
  public Object once(Object key, Supplier<?> maker) {
    return engine.once(
        List.of(extension.kind(), extension.typeUrl(), extension.value(), key), maker);
  }
}
