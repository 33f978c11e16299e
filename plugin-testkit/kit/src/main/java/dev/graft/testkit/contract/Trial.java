package dev.graft.testkit.contract;

import dev.graft.registry.Dispatched;
import dev.graft.registry.RequestContext;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.spi.Extension;
import dev.graft.spi.SchemaUnavailableException;
import dev.graft.testkit.memory.Memory;
import dev.graft.testkit.memory.TestedPlugins;
import java.util.function.UnaryOperator;

/** Asks plugins as a host does. */
final class Trial {
  private static final String HOST = "test";

  private final TestedPlugins plugins;
  private final Memory memory;

  private Trial(TestedPlugins plugins, String version, UnaryOperator<byte[]> schemas) {
    this.plugins = plugins;
    this.memory = new Memory(plugins, HOST, version, schemas);
  }

  /**
   * A host of some version.
   *
   * @param schemas the schemas of relations that do not say it themselves
   */
  static Trial of(TestedPlugins plugins, String version, TrialSchemas schemas) {
    return new Trial(plugins, version, schemas);
  }

  /** A host that cannot tell any schema. */
  static Trial withoutSchemas(TestedPlugins plugins, String version) {
    return new Trial(
        plugins,
        version,
        relation -> {
          throw new SchemaUnavailableException(HOST);
        });
  }

  /** Asks once. */
  Outcome ask(Sample sample) {
    return ask(sample.extension());
  }

  /** Asks once. Errors of the JVM itself, such as OutOfMemoryError, are thrown on. */
  Outcome ask(Extension extension) {
    RequestContext request = memory.request();
    return TimeLimit.call(
        () -> {
          try {
            Dispatched dispatched = plugins.dispatcher().dispatch(extension, request);
            return new Outcome.Answered(
                dispatched.answer(), extension.kind(), dispatched.plugin().className());
          } catch (GraftException e) {
            return e.code() == ErrorCode.GRAFT_EXTENSION_DECLINED
                    || e.code() == ErrorCode.GRAFT_EXTENSION_UNKNOWN
                ? new Outcome.Declined()
                : new Outcome.Refused(e);
          } catch (HostFailure e) {
            return new Outcome.RefusedByHost();
          }
        });
  }
}
