package dev.graft.testkit.memory;

import dev.graft.registry.Dispatched;
import dev.graft.registry.PlanLowering;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.lowering.Lowering;
import dev.graft.registry.lowering.LoweringTable;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Does in the test's JVM what Graft does in a host, with the same registry and the same lowering.
 * There is no engine, so extensions that native plugins answer stay as they are.
 */
public final class Memory {
  private static final Lowering LOWERING = new Lowering(LoweringTable.ofConnect());

  private final TestedPlugins plugins;
  private final String hostName;
  private final String connectVersion;
  private final UnaryOperator<byte[]> schemas;
  private final PlanLowering lowering;

  /**
   * Plugins and what they are told.
   *
   * @param schemas from a serialised relation to its schema, a serialised data type
   */
  public Memory(
      TestedPlugins plugins,
      String hostName,
      String connectVersion,
      UnaryOperator<byte[]> schemas) {
    this.plugins = plugins;
    this.hostName = hostName;
    this.connectVersion = connectVersion;
    this.schemas = schemas;
    this.lowering = new PlanLowering(LOWERING, plugins.dispatcher());
  }

  /** A request of its own. */
  public MemoryRequest request() {
    return new MemoryRequest(hostName, connectVersion, lowering, schemas);
  }

  /**
   * Lowers a plan or a part of one.
   *
   * @throws dev.graft.registry.error.GraftException as a host's lowering does
   */
  public byte[] lower(ConnectType type, byte[] node) {
    MemoryRequest request = request();
    return unwrapped(() -> lowering.lower(type, node, request, request.budget()));
  }

  /**
   * Has a command answered, and the nodes in the answer lowered.
   *
   * @return empty where a native plugin would have to answer
   * @throws dev.graft.registry.error.GraftException as a host's dispatch does
   */
  public Optional<Answer> execute(String typeUrl, byte[] value) {
    MemoryRequest request = request();
    Extension extension = new Extension(ExtensionKind.COMMAND, typeUrl, ByteBuffer.wrap(value));
    return unwrapped(
            () -> plugins.dispatcher().dispatchPortable(extension, request).map(Dispatched::answer))
        .map(answer -> lowered(answer, request));
  }

  private Answer lowered(Answer answer, MemoryRequest request) {
    if (answer instanceof Answer.Rows rows) {
      return new Answer.Rows(lowered(ConnectType.RELATION, rows.relation(), request));
    } else if (answer instanceof Answer.Commands commands) {
      List<byte[]> lowered =
          commands.commands().stream()
              .map(command -> lowered(ConnectType.COMMAND, command, request))
              .toList();
      return new Answer.Commands(lowered);
    }
    return answer;
  }

  private byte[] lowered(ConnectType type, byte[] node, MemoryRequest request) {
    return unwrapped(() -> lowering.lower(type, node, request, request.budget()));
  }

  /**
   * Throws what the test or the server said against a relation without the wrapping {@code
   * HostFailure}.
   */
  private static <T> T unwrapped(Supplier<T> lowering) {
    try {
      return lowering.get();
    } catch (HostFailure e) {
      if (e.failure() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
