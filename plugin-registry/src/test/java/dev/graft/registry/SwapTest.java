package dev.graft.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.testkit.TestRequest;
import dev.graft.registry.testkit.TestServer;
import dev.graft.spi.Extension;
import dev.graft.testkit.jar.PluginJar;
import dev.graft.testkit.seed.RunSeed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server whose snapshot is swapped while requests run. */
@Tag("slow")
class SwapTest {
  private static final int PLUGINS = 50;
  private static final int CLIENTS = 16;

  @TempDir private Path folder;

  private TestServer server;

  @BeforeEach
  void install() {
    server = new TestServer(folder);
    for (int number = 0; number < PLUGINS; number++) {
      server.install(jar(number), plugin(number, "first"));
    }
    server.relations(
        IntStream.range(0, PLUGINS)
            .mapToObj(number -> "acme.Plugin" + number)
            .toArray(String[]::new));
  }

  private static String jar(int number) {
    return "plugin-" + number + ".jar";
  }

  private static PluginJar plugin(int number, String says) {
    return PluginJar.of(
            """
            public class Plugin%1$d implements ExtensionPlugin {
              public ExtensionKind kind() { return ExtensionKind.RELATION; }
              public Set<String> messageNames() { return Set.of("acme.v1.M%1$d"); }
              public Optional<Answer> answer(Extension extension, HostContext context) {
                return Optional.of(new Answer.Node("%2$s".getBytes()));
              }
            }
            """
                .formatted(number, says))
        .manifest("Graft-Plugin-Id", "plugin" + number);
  }

  private static Extension message(int number) {
    return TestRequest.relation("acme.v1.M" + number);
  }

  /** Has a jar be another in the eyes of who looks for changes. */
  private void touch(int number, int round) throws IOException {
    Files.setLastModifiedTime(
        server.file(jar(number)), FileTime.from(Instant.ofEpochSecond(1_000_000_000L + round)));
  }

  @Test
  void aRequestKeepsTheSnapshotThatItBeganWith() {
    Registry registry = server.registry();
    Snapshot begun = registry.current();
    server.install(jar(3), plugin(3, "changed"));
    registry.swap(registry.prepare(server.entries()));

    assertThat(TestServer.answer(begun, message(3))).isEqualTo("first");
    assertThat(TestServer.answer(registry.current(), message(3))).isEqualTo("changed");
  }

  @Test
  void aJarThatHasNotChangedIsLoadedOnce() throws IOException {
    Registry registry = server.registry();
    List<ClassLoader> before = loaders(registry.current());
    touch(7, 1);
    registry.swap(registry.prepare(server.entries()));

    List<ClassLoader> after = loaders(registry.current());
    assertThat(after.get(7)).isNotSameAs(before.get(7));
    after.set(7, before.get(7));
    assertThat(after).isEqualTo(before);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells what a process has open")
  void jarsThatAreNotLoadedFromAreClosed() {
    server.install("unnamed.jar", plugin(99, "nothing"));
    long before = openJars("unnamed.jar");
    Registry registry = server.registry();

    assertThat(registry.current().report().warnings().toString()).contains("unnamed.jar");
    assertThat(openJars("unnamed.jar")).isEqualTo(before);
    assertThat(openJars(jar(0))).isPositive();
  }

  /** How many descriptors of this process lead to a file; 0 where the system does not tell. */
  private long openJars(String name) {
    try (var links = Files.list(Path.of("/proc/self/fd"))) {
      return links.filter(link -> leadsTo(link, name)).count();
    } catch (IOException e) {
      return 0;
    }
  }

  private boolean leadsTo(Path link, String name) {
    try {
      return Files.readSymbolicLink(link).equals(server.file(name).toRealPath());
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  @Test
  void requestsRunWhileTheSnapshotIsSwappedAndNoLoaderIsLeft() throws Exception {
    int swaps = RunSeed.ofThisRun().tries(50);
    Registry registry = server.registry();
    List<WeakReference<ClassLoader>> replaced = new ArrayList<>();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    Memory before = Memory.used();
    long requests = 0;
    AtomicBoolean stop = new AtomicBoolean();
    try {
      List<Future<Long>> running = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        int first = client;
        running.add(clients.submit(() -> requests(registry, first, stop)));
      }
      for (int round = 1; round <= swaps; round++) {
        int changed = round % PLUGINS;
        replaced.add(new WeakReference<>(loaders(registry.current()).get(changed)));
        touch(changed, round);
        registry.swap(registry.prepare(server.entries()));
      }
      stop.set(true);
      for (Future<Long> each : running) {
        requests += each.get();
      }
    } finally {
      stop.set(true);
      clients.shutdownNow();
    }

    assertThat(requests).isGreaterThan(swaps);
    for (WeakReference<ClassLoader> loader : replaced) {
      assertCollected(loader);
    }
    Memory after = Memory.used();
    System.out.printf(
        "%,d swaps under %,d requests of %d clients: heap %,d to %,d kB, metaspace %,d to %,d kB%n",
        swaps,
        requests,
        CLIENTS,
        before.heap() >> 10,
        after.heap() >> 10,
        before.metaspace() >> 10,
        after.metaspace() >> 10);
    assertThat(after.metaspace() - before.metaspace()).as("metaspace").isLessThan(8 << 20);
    assertThat(after.heap() - before.heap()).as("heap").isLessThan(16 << 20);
  }

  /** Requests of two extensions each, both answered by the snapshot that the request began with. */
  private static long requests(Registry registry, int first, AtomicBoolean stop) {
    long requests = 0;
    while (!stop.get()) {
      Snapshot snapshot = registry.current();
      for (int step = 0; step < 2; step++) {
        int number = (int) ((first + requests + step) % PLUGINS);
        assertThat(TestServer.answer(snapshot, message(number))).isEqualTo("first");
      }
      requests++;
    }
    return requests;
  }

  private static List<ClassLoader> loaders(Snapshot snapshot) {
    return new ArrayList<>(
        snapshot.index().plugins().stream()
            .map(plugin -> Objects.requireNonNull(plugin.realm()))
            .toList());
  }

  private static void assertCollected(WeakReference<ClassLoader> loader)
      throws InterruptedException {
    for (int step = 0; step < 100 && loader.get() != null; step++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(loader.get()).as("a loader that nothing should hold").isNull();
  }

  private record Memory(long heap, long metaspace) {
    static Memory used() {
      System.gc();
      long metaspace =
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getName().equals("Metaspace"))
              .map(MemoryPoolMXBean::getUsage)
              .mapToLong(usage -> usage.getUsed())
              .sum();
      return new Memory(
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), metaspace);
    }
  }
}
