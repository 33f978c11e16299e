package dev.graft.registry.unload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.testkit.CapturedLog;
import dev.graft.testkit.seed.RunSeed;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions come and go, each with a jar of its own that does what plugins do: loaders and metaspace
 * stay as they were.
 */
@Tag("slow")
class ThousandSessionsTest {
  private static final int SESSIONS = RunSeed.ofThisRun().tries(200); // 1,000 in a long run
  private static final long MOST_GROWTH = 2 << 20;

  @TempDir private Path folder;

  @Test
  void leaveLoadersAndMetaspaceAsTheyWere() throws Exception {
    try (SessionsOfOne sessions = new SessionsOfOne(folder);
        CapturedLog log = new CapturedLog()) {
      Path jar = sessions.jar(DOES, MEMBERS);
      run(sessions, jar, 20); // Graft's own classes are loaded by now
      long before = metaspace();
      long start = System.nanoTime();
      List<WeakReference<ClassLoader>> loaders = run(sessions, jar, SESSIONS);
      long took = (System.nanoTime() - start) / 1_000_000;
      long after = metaspace();
      System.out.printf(
          "%,d sessions in %,d ms: %d loaders left, metaspace %,d KiB before and %,d KiB after%n",
          SESSIONS, took, count(loaders), before >> 10, after >> 10);

      assertThat(count(loaders)).isZero();
      assertThat(after - before).isLessThan(MOST_GROWTH);
      assertThat(log.warnings().stream().filter(line -> line.contains("acme.One$Driver")))
          .hasSize(SESSIONS + 20)
          .allMatch(line -> line.endsWith(REMOVED));
    }
  }

  private static final String REMOVED =
      "has left behind: JDBC driver acme.One$Driver, which Graft has removed. Have its author end all of that in close(), which Graft calls before where the plugin implements AutoCloseable.";

  /** It ends its thread and its timer, and forgets its driver. */
  private static final String DOES =
      """
      thread = new Thread(() -> {
        try { Thread.sleep(600_000); } catch (InterruptedException e) { return; }
      }, "acme-poller");
      thread.start();
      timer = new java.util.Timer("acme-timer", true);
      timer.schedule(new java.util.TimerTask() { public void run() {} }, 600_000);
      HELD.set(this);
      HELD.remove();
      java.sql.DriverManager.registerDriver(new Driver());
      """;

  private static final String MEMBERS =
      """
      private static final ThreadLocal<Object> HELD = new ThreadLocal<>();
      private Thread thread;
      private java.util.Timer timer;
      public void close() throws Exception {
        timer.cancel();
        thread.interrupt();
        thread.join();
      }
      public static class Driver implements java.sql.Driver {
        public java.sql.Connection connect(String url, java.util.Properties p) { return null; }
        public boolean acceptsURL(String url) { return false; }
        public java.sql.DriverPropertyInfo[] getPropertyInfo(String url, java.util.Properties p) { return null; }
        public int getMajorVersion() { return 1; }
        public int getMinorVersion() { return 0; }
        public boolean jdbcCompliant() { return false; }
        public java.util.logging.Logger getParentLogger() { return null; }
      }
      """;

  private static List<WeakReference<ClassLoader>> run(SessionsOfOne sessions, Path jar, int count)
      throws InterruptedException {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      loaders.add(sessions.useAndEnd(jar));
      if (i % 100 == 99) {
        System.gc(); // as any server does in its time: two threads each would be many
      }
    }
    for (int i = 0; i < 200 && count(loaders) > 0; i++) {
      System.gc();
      Thread.sleep(50);
    }
    return loaders;
  }

  private static long count(List<WeakReference<ClassLoader>> loaders) {
    return loaders.stream().filter(loader -> loader.get() != null).count();
  }

  private static long metaspace() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .mapToLong(pool -> pool.getUsage().getUsed())
        .sum();
  }
}
