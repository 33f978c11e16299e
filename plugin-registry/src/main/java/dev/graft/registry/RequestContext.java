package dev.graft.registry;

import dev.graft.spi.Engine;
import dev.graft.spi.Extension;
import dev.graft.spi.HostContext;
import dev.graft.spi.SchemaUnavailableException;
import java.util.Optional;

/**
 * What a host tells of the request that an extension came with. {@link HostContext} says what each
 * method means.
 */
public interface RequestContext {
  /**
   * The host's request behind the context that a plugin sees. For plugins that the host itself has
   * made, as wrappers around the engine's own.
   *
   * @param context as a {@link Dispatcher} handed it to the plugin
   */
  static RequestContext of(HostContext context) {
    return ((PluginContext) context).request();
  }

  /** The user as the client named it. */
  String userId();

  /** The session. */
  String sessionId();

  /** What the server does with the plan. */
  HostContext.Phase phase();

  /** The host's name. */
  String hostName();

  /** The version of the Connect server. */
  String connectVersion();

  /**
   * The schema of a relation.
   *
   * @param asker the extension whose plugin asks
   * @param relation a serialised {@code spark.connect.Relation}
   * @return a serialised {@code spark.connect.DataType}, the caller's own
   * @throws SchemaUnavailableException if the host cannot tell, as by default
   */
  default byte[] schema(Extension asker, byte[] relation) {
    throw new SchemaUnavailableException(hostName());
  }

  /** The engine around the host. */
  Optional<Engine> engine();
}
