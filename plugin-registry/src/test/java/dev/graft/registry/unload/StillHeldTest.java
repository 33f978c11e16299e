package dev.graft.registry.unload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.invoke.PluginOrigin;
import dev.graft.registry.isolation.IsolatedClassLoader;
import dev.graft.registry.testkit.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log says, some time later, of loaders that nobody should hold. */
class StillHeldTest {
  private static final JdkFields OPEN = new JdkFields();
  private static final JdkFields CLOSED = new JdkFields(false);

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final StillHeld held = new StillHeld(clock, Duration.ofMillis(20));
  private final CapturedLog log = new CapturedLog();

  /** What holds loaders. */
  private final List<Object> kept = new ArrayList<>();

  private IsolatedClassLoader kept(String id) {
    IsolatedClassLoader loader = loader(id);
    kept.add(loader);
    return loader;
  }

  @AfterEach
  void close() {
    log.close();
    clock.shutdownNow();
    kept.clear();
  }

  private static IsolatedClassLoader loader(String id) {
    return new IsolatedClassLoader(id, List.of(), List.of());
  }

  private static LeftLoader left(IsolatedClassLoader loader, JdkFields jdk) {
    String id = String.valueOf(loader.getName());
    return new LeftLoader(
        new LoaderUse(loader, new PluginOrigin(id, "1.2", "/plugins/" + id + ".jar")), jdk);
  }

  @Test
  void whatTheCollectorHasMetAndLeftIsNamedOnce() throws Exception {
    held.watch(left(loader("gone"), OPEN));
    held.watch(left(kept("kept"), OPEN));

    assertThat(log.await("kept 1.2"))
        .isEqualTo(
            "The class loader of kept 1.2 (/plugins/kept.jar) is still held 0 minutes after its last plugin was given up, so its classes stay in memory. What holds it cannot be seen from here: a heap dump tells, by the way from a root to IsolatedClassLoader.");
    held.watch(left(kept("later"), OPEN));
    log.await("later 1.2");
    assertThat(log.warnings()).hasSize(2).noneMatch(line -> line.contains("gone"));
  }

  @Test
  void nothingIsSaidBeforeTheCollectorHasComeBy() throws Exception {
    CollectorSign sign = CollectorSign.put();
    for (int i = 0; i < 200 && !sign.isGone(); i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(sign.isGone()).isTrue();
    assertThat(CollectorSign.put().isGone()).isFalse();
  }

  @Test
  void threadsThatHoldItAreNamedAndSoIsWhatCannotBeSeen() throws Exception {
    IsolatedClassLoader kept = loader("kept");
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(600_000);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "acme-poller");
    thread.setContextClassLoader(kept);
    Thread hook = new Thread(() -> {}, "acme-hook");
    hook.setContextClassLoader(kept);
    Runtime.getRuntime().addShutdownHook(hook);
    thread.start();
    try {
      assertThat(left(kept, OPEN).stillThere(10))
          .contains("10 minutes")
          .endsWith("memory: thread 'acme-poller' still runs; shutdown hook 'acme-hook'.");
      assertThat(left(kept, CLOSED).stillThere(10))
          .endsWith(
              "memory: thread 'acme-poller' still runs. Thread-locals and shutdown hooks are seen only where Java is started with --add-opens=java.base/java.lang=ALL-UNNAMED.");
    } finally {
      thread.interrupt();
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  @Test
  void aLoaderIsNotUsedAgainOnceItsLastUserHasGone() {
    LoaderUse use = new LoaderUse(loader("kept"), new PluginOrigin("kept", "", "kept.jar"));
    assertThat(use.begin()).isTrue();
    use.end();
    assertThat(use.begin()).isTrue();
    use.end();
    use.end();
    assertThat(use.begin()).isFalse();
  }
}
