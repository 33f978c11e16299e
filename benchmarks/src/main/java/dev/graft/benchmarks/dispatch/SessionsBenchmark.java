package dev.graft.benchmarks.dispatch;

import dev.graft.registry.Registry;
import dev.graft.registry.isolation.HostClasses;
import dev.graft.registry.isolation.RealmLibraries;
import dev.graft.registry.loading.Host;
import dev.graft.registry.session.SessionKey;
import dev.graft.registry.session.SessionPlugins;
import dev.graft.spi.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a session without jars of its own pays where sessions may have some: a request takes its
 * snapshot, and has one extension answered.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 2,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseParallelGC"})
public class SessionsBenchmark {
  /** Whether sessions may have plugins. */
  @Param({"off", "any"})
  public String sessions = "off";

  private Contenders contenders = new Contenders(1, 100, Place.LAST);
  private SessionPlugins plugins = plugins();

  /** Loads nothing but what lies below the sessions. */
  @Setup
  public void load() {
    contenders = new Contenders(10, 100, Place.LAST);
    plugins = plugins();
  }

  private SessionPlugins plugins() {
    Map<String, String> entries =
        Map.of("graft.catalog.enabled", "false", "graft.sessions.plugins", sessions);
    RealmLibraries none = new RealmLibraries(List.of(), List.of(), List.of());
    return new SessionPlugins(
        Registry.load(
            entries,
            new Host("benchmark", "", HostClasses.none(), none, (name, kind) -> Optional.empty())));
  }

  /** One request; the host makes the session's key and the list of its jars anew each time. */
  @Benchmark
  public Answer request(Blackhole taken) {
    taken.consume(plugins.of(() -> new SessionKey("ada", "one"), List::of));
    return contenders.graft();
  }
}
