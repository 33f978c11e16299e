package dev.graft.cli.demo;

import com.google.protobuf.Any;
import dev.graft.registry.Dispatched;
import dev.graft.registry.PlanLowering;
import dev.graft.registry.Registry;
import dev.graft.registry.RequestContext;
import dev.graft.registry.Snapshot;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.isolation.HostClasses;
import dev.graft.registry.isolation.RealmLibraries;
import dev.graft.registry.loading.Host;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.ExpansionLimits;
import dev.graft.registry.lowering.Lowering;
import dev.graft.registry.lowering.LoweringTable;
import dev.graft.servers.SparkRuntime;
import dev.graft.spi.Answer;
import dev.graft.spi.Engine;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.HostContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.connect.proto.Plan;

/**
 * Does in this process what Graft does inside the server, with the same registry, plugins, class
 * lists and libraries, so that people can see it. There is no engine here, so extensions that
 * native plugins answer stay as they are.
 */
final class LocalLowering implements AutoCloseable {
  /**
   * What became of a plan: a type and serialised messages of it, and what is to be known of them.
   */
  record LoweredPlan(String told, ConnectType type, List<byte[]> messages) {
    LoweredPlan {
      messages = List.copyOf(messages);
    }
  }

  private final URLClassLoader spark;
  private final Snapshot snapshot;
  private final PlanLowering lowering;
  private final RequestContext request;

  /**
   * Loads the plugins.
   *
   * @param graftJar the jar of {@code spark-host}, which holds the realm's libraries
   * @throws dev.graft.registry.error.GraftException if the configuration or a required plugin is
   *     refused
   */
  LocalLowering(SparkRuntime runtime, Path graftJar, Map<String, String> settings) {
    URL[] jars = runtime.classPath().stream().map(LocalLowering::url).toArray(URL[]::new);
    this.spark = new URLClassLoader("spark", jars, ClassLoader.getPlatformClassLoader());
    Host host =
        new Host(
            "Spark " + runtime.version(),
            "spark.",
            HostClasses.ofSpark(spark),
            RealmLibraries.inside(graftJar),
            (className, kind) -> Optional.empty());
    this.snapshot = Registry.load(settings, host).current();
    this.lowering =
        new PlanLowering(new Lowering(LoweringTable.ofConnect()), snapshot.dispatcher());
    this.request = new Request(runtime.version());
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first plugin for a message, if there is one. */
  Optional<LoadedPlugin> pluginFor(String messageName) {
    return snapshot.index().plugins().stream()
        .filter(plugin -> plugin.messageNames().contains(messageName))
        .findFirst();
  }

  /** Lowers a plan as the server does. */
  LoweredPlan lower(Plan plan) {
    return plan.hasCommand()
        ? answer(plan.getCommand().getExtension())
        : relation("", plan.getRoot().toByteArray());
  }

  private LoweredPlan relation(String told, byte[] relation) {
    return new LoweredPlan(
        told, ConnectType.RELATION, List.of(lower(ConnectType.RELATION, relation)));
  }

  private LoweredPlan answer(Any any) {
    ByteBuffer value = ByteBuffer.wrap(any.getValue().toByteArray());
    Extension extension = new Extension(ExtensionKind.COMMAND, any.getTypeUrl(), value);
    Optional<Answer> answer =
        snapshot.dispatcher().dispatchPortable(extension, request).map(Dispatched::answer);
    if (answer.isPresent() && answer.get() instanceof Answer.Rows rows) {
      return relation("answered with the rows of", rows.relation());
    } else if (answer.isPresent() && answer.get() instanceof Answer.Commands commands) {
      List<byte[]> lowered =
          commands.commands().stream().map(command -> lower(ConnectType.COMMAND, command)).toList();
      return new LoweredPlan("answered with these commands", ConnectType.COMMAND, lowered);
    }
    return new LoweredPlan("nothing that a plan could show", ConnectType.COMMAND, List.of());
  }

  private byte[] lower(ConnectType type, byte[] node) {
    return lowering.lower(type, node, request, new ExpansionBudget(ExpansionLimits.DEFAULT));
  }

  @Override
  public void close() {
    try {
      spark.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request that nobody sent. */
  private record Request(String connectVersion) implements RequestContext {
    @Override
    public String userId() {
      return "";
    }

    @Override
    public String sessionId() {
      return "";
    }

    @Override
    public HostContext.Phase phase() {
      return HostContext.Phase.UNKNOWN;
    }

    @Override
    public String hostName() {
      return "spark";
    }

    @Override
    public Optional<Engine> engine() {
      return Optional.empty();
    }
  }
}
