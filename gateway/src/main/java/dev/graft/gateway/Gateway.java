package dev.graft.gateway;

import dev.graft.gateway.connect.BackendVersion;
import dev.graft.gateway.connect.ConnectMethods;
import dev.graft.gateway.log.CallRecords;
import dev.graft.gateway.memory.MemoryBudget;
import dev.graft.gateway.proxy.Backend;
import dev.graft.gateway.proxy.CallsUnderWay;
import dev.graft.gateway.proxy.ForwardingRegistry;
import dev.graft.gateway.reflection.ConnectDescription;
import dev.graft.gateway.reload.FollowedFiles;
import dev.graft.gateway.session.SessionJars;
import dev.graft.gateway.threads.InflatingThreads;
import dev.graft.gateway.threads.LoweringThreads;
import dev.graft.gateway.tls.TlsContexts;
import dev.graft.gateway.transport.EventLoops;
import dev.graft.registry.Registry;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.lowering.Lowering;
import dev.graft.registry.lowering.LoweringTable;
import dev.graft.registry.report.LoadReport;
import dev.graft.registry.status.ServerView;
import dev.graft.registry.status.Traffic;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: one listening port, one backend, one registry. Safe for use by several
 * threads.
 */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final GatewaySettings settings;
  private final Registry registry;
  private final Parts parts;
  private final Server server;
  private final Drain drain;
  private final MemoryBudget memory = MemoryBudget.ofMachine();
  private final SessionJars sessions;
  private final Upkeep upkeep;

  private Gateway(
      GatewaySettings settings, Registry registry, BackendAddress backend, Parts parts) {
    this.settings = settings;
    this.registry = registry;
    this.parts = parts;
    FollowedFiles files = new FollowedFiles(settings.tls().reload());
    parts.opened(files::close);
    TlsContexts tls = new TlsContexts(settings.tls(), files);
    EventLoops loops = new EventLoops();
    parts.opened(loops::close);
    ManagedChannel channel = BackendChannel.open(backend, settings, tls, loops);
    parts.opened(() -> BackendChannel.close(channel));
    LoweringThreads lowering = new LoweringThreads(settings.lowering());
    parts.opened(lowering::close);
    this.sessions = SessionJars.open(registry, settings.store());
    parts.opened(sessions::close);
    InflatingThreads inflating = new InflatingThreads(ConnectMethods.threads(sessions));
    parts.opened(inflating::close);
    Backend behind = BackendChannel.of(channel, backend);
    CallsUnderWay calls = new CallsUnderWay();
    BackendVersion version = new BackendVersion(behind, lowering);
    CallRecords records = new CallRecords(settings.requestLog(), registry.failures());
    ForwardingRegistry forwarding =
        new ForwardingRegistry(
            behind,
            ConnectMethods.rewriters(
                sessions,
                new Lowering(LoweringTable.ofConnect()),
                behind,
                version,
                settings.maxMessageBytes(),
                settings.maxPlanBytes(),
                // Longer than the limit of lowering, whose refusal says more than a deadline does.
                settings.lowering().patience().plusSeconds(5),
                lowering,
                settings.hidden()),
            ConnectMethods.taps(sessions),
            lowering,
            calls,
            settings.reflection() ? new ConnectDescription() : List::of);
    HealthStatusManager health = new HealthStatusManager();
    this.server =
        Listener.build(
            settings,
            forwarding,
            health.getHealthService(),
            tls,
            files,
            loops,
            inflating,
            memory,
            records);
    this.drain = new Drain(server, health, loops, calls, settings.drain());
    String behindIt = backend.host() + ":" + backend.port();
    this.upkeep =
        new Upkeep(
            registry,
            new ServerView(
                registry,
                sessions::status,
                () ->
                    Optional.of(
                        new Traffic(
                            behindIt,
                            version.known().orElse(""),
                            loops.connections(),
                            calls.count(),
                            memory.taken(),
                            memory.most(),
                            records.methods()))));
    parts.opened(upkeep::close);
  }

  /**
   * Loads the plugins and starts to serve. The backend is not called yet.
   *
   * @param entries the configuration: the registry's keys without {@code spark.}, and those of
   *     {@link GatewaySettings}, which {@code settings} replaces
   * @throws GraftException if the configuration, a file that it names or a required plugin is
   *     refused, or the address cannot be listened on
   */
  public static Gateway start(
      GatewaySettings settings, Map<String, String> entries, BackendAddress backend) {
    Registry registry = Registry.load(GatewaySettings.others(entries), GatewayHost.host());
    Parts parts = new Parts();
    try {
      Gateway gateway = new Gateway(settings, registry, backend, parts);
      gateway.server.start();
      gateway.upkeep.watch();
      Exposure.warnings(settings).forEach(LOG::warn);
      MemoryFit.notes(settings, gateway.memory).forEach(LOG::info);
      return gateway;
    } catch (IOException e) {
      parts.close();
      throw new GraftException(
          ErrorCode.GRAFT_CONFIGURATION_INVALID,
          "The gateway cannot listen on "
              + settings.host()
              + " port "
              + settings.port()
              + ": "
              + e.getMessage()
              + ". Choose another port, or 0 for a free one.",
          e);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /**
   * Where it listens, as clients take it: {@code sc://127.0.0.1:15002}, with {@code use_ssl=true}
   * where they must.
   */
  public String address() {
    String host = settings.host();
    return "sc://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + port()
        + (settings.tls().certificate().isPresent() ? "/;use_ssl=true" : "");
  }

  /** What calls take of its memory at this moment. */
  MemoryBudget memory() {
    return memory;
  }

  /** The jars of sessions. */
  SessionJars sessions() {
    return sessions;
  }

  /** What became of the configuration. */
  public LoadReport report() {
    return registry.current().report();
  }

  /** The same for people, with the address for operators where there is one. */
  public String reportText() {
    return upkeep.text(registry.current());
  }

  /** Waits until the gateway has been stopped. */
  public void awaitEnd() throws InterruptedException {
    server.awaitTermination();
  }

  /**
   * Stops it: health says so, new connections and calls are not taken, and those under way have the
   * time of {@link GatewaySettings#drain()}; then they are cut off. A call of this method while
   * another waits cuts them off at once.
   */
  @Override
  public void close() {
    drain.run();
    parts.close();
  }
}
