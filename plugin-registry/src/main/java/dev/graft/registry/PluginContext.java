package dev.graft.registry;

import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.invoke.ContextLoader;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.spi.Engine;
import dev.graft.spi.Extension;
import dev.graft.spi.HostContext;
import dev.graft.spi.LoadedExtension;
import dev.graft.spi.StatusTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The request as one plugin sees it.
 *
 * @param request what the host tells
 * @param plugin the plugin
 * @param extension what it is asked about
 * @param dispatcher asks the plugins that the request is answered by
 * @param check checks the nodes that the plugin asks about or gives the engine
 * @param thread the thread that the plugin is asked on
 * @param loader sets the thread's context class loader back to the host's while the host is asked
 */
record PluginContext(
    RequestContext request,
    LoadedPlugin plugin,
    Extension extension,
    Dispatcher dispatcher,
    AnswerCheck check,
    Thread thread,
    ContextLoader loader)
    implements HostContext {
  @Override
  public String userId() {
    return request.userId();
  }

  @Override
  public String sessionId() {
    return request.sessionId();
  }

  @Override
  public Phase phase() {
    return request.phase();
  }

  @Override
  public String hostName() {
    return request.hostName();
  }

  @Override
  public String connectVersion() {
    return request.connectVersion();
  }

  @Override
  public List<LoadedExtension> extensions() {
    return dispatcher.extensions();
  }

  @Override
  public StatusTable status(String table) {
    return dispatcher.status(table, request);
  }

  @Override
  public Map<String, String> settings() {
    return plugin.settings();
  }

  @Override
  public byte[] schema(byte[] relation) {
    if (Thread.currentThread() != thread) {
      throw new IllegalStateException(
          "A plugin asks for a schema on the thread that it was called on, before it answers");
    }
    check.check(ConnectType.RELATION, relation, plugin, extension, request);
    return loader.outside(() -> request.schema(extension, relation));
  }

  @Override
  public Optional<Engine> engine() {
    return request
        .engine()
        .map(engine -> new CheckedEngine(engine, check, plugin, extension, request, loader));
  }
}
