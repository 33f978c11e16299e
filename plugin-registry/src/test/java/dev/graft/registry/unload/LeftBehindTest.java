package dev.graft.registry.unload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.testkit.CapturedLog;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Timer;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What plugins of a session leave behind is named, and is all that holds their loader. */
class LeftBehindTest {
  /** Where a plugin puts what the test takes away. */
  private static final String LEFT = "acme.left";

  /** Where a plugin says that it is closed. */
  private static final String CLOSED = "acme.closed";

  @TempDir private Path folder;
  private final ExecutorService caller =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "acme-caller"));
  private SessionsOfOne sessions;
  private CapturedLog log;

  @BeforeEach
  void open() throws IOException {
    sessions = new SessionsOfOne(folder);
    log = new CapturedLog();
  }

  @AfterEach
  void close() {
    caller.shutdownNow();
    log.close();
    sessions.close();
    System.getProperties().remove(LEFT);
    System.getProperties().remove(CLOSED);
  }

  private static Object left() {
    return Objects.requireNonNull(System.getProperties().remove(LEFT));
  }

  /** What stays until somebody ends it. */
  @SuppressWarnings("ImmutableEnumChecker") // what mends it has no state
  enum Kept {
    THREAD(
        """
        Thread thread = new Thread(() -> {
          try { Thread.sleep(600_000); } catch (InterruptedException e) { return; }
        }, "acme-poller");
        thread.setDaemon(true);
        thread.start();
        System.getProperties().put("acme.left", thread);
        """,
        "thread 'acme-poller' (acme.One) still runs",
        () -> ((Thread) left()).interrupt()),
    TIMER(
        """
        java.util.Timer timer = new java.util.Timer("acme-timer", true);
        timer.schedule(new java.util.TimerTask() { public void run() {} }, 600_000);
        System.getProperties().put("acme.left", timer);
        """,
        "timer 'acme-timer' still runs",
        () -> ((Timer) left()).cancel()),
    EXECUTOR(
        """
        var pool = java.util.concurrent.Executors.newFixedThreadPool(1);
        pool.submit(() -> "done").get();
        System.getProperties().put("acme.left", pool);
        """,
        "-thread-1' still runs",
        () -> ((ExecutorService) left()).shutdownNow()),
    THREAD_LOCAL(
        """
        HELD.set(new One());
        """,
        "ThreadLocal of acme.One in thread 'acme-caller'",
        () -> {}), // ends with its thread
    SHUTDOWN_HOOK(
        """
        Thread hook = new Thread(() -> {}, "acme-hook");
        Runtime.getRuntime().addShutdownHook(hook);
        System.getProperties().put("acme.left", hook);
        """,
        "shutdown hook 'acme-hook' (acme.One)",
        () -> Runtime.getRuntime().removeShutdownHook((Thread) left())),
    DEFAULT_HANDLER(
        """
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {});
        """,
        "Thread's default uncaught exception handler (acme.One)",
        () -> Thread.setDefaultUncaughtExceptionHandler(null));

    private final String does;
    private final String named;
    private final Runnable mending;

    Kept(String does, String named, Runnable mending) {
      this.does = does;
      this.named = named;
      this.mending = mending;
    }
  }

  /** What is taken out of the JDK's lists. */
  enum Removed {
    JDBC_DRIVER(
        """
        java.sql.DriverManager.registerDriver(new Driver());
        """,
        """
        public static class Driver implements java.sql.Driver {
          public java.sql.Connection connect(String url, Properties p) { return null; }
          public boolean acceptsURL(String url) { return false; }
          public java.sql.DriverPropertyInfo[] getPropertyInfo(String url, Properties p) { return null; }
          public int getMajorVersion() { return 1; }
          public int getMinorVersion() { return 0; }
          public boolean jdbcCompliant() { return false; }
          public java.util.logging.Logger getParentLogger() { return null; }
        }
        """
            .replace("Properties", "java.util.Properties"),
        "JDBC driver acme.One$Driver"),
    SECURITY_PROVIDER(
        """
        java.security.Security.addProvider(new Provider());
        """,
        """
        public static class Provider extends java.security.Provider {
          public Provider() { super("Acme", "1", "of acme"); }
        }
        """,
        "security provider Acme"),
    LOG_HANDLER(
        """
        java.util.logging.Logger.getLogger("acme.host").addHandler(new Handler());
        """,
        """
        public static class Handler extends java.util.logging.Handler {
          public void publish(java.util.logging.LogRecord record) {}
          public void flush() {}
          public void close() {}
        }
        """,
        "log handler acme.One$Handler of logger 'acme.host'"),
    MBEAN(
        """
        java.lang.management.ManagementFactory.getPlatformMBeanServer()
            .registerMBean(new Bean(), new javax.management.ObjectName("acme:type=Bean"));
        """,
        """
        public interface BeanMBean {}
        public static class Bean implements BeanMBean {}
        """,
        "MBean acme:type=Bean");

    private final String does;
    private final String members;
    private final String named;

    Removed(String does, String members, String named) {
      this.does = does;
      this.members = members;
      this.named = named;
    }
  }

  private WeakReference<ClassLoader> useAndEnd(Path jar) throws Exception {
    Callable<WeakReference<ClassLoader>> session = () -> sessions.useAndEnd(jar);
    return caller.submit(session).get();
  }

  @ParameterizedTest
  @EnumSource
  void whatStaysIsNamedAndHoldsTheLoaderAlone(Kept kept) throws Exception {
    Path jar =
        sessions.jar(
            kept.does, "private static final ThreadLocal<Object> HELD = new ThreadLocal<>();");
    WeakReference<ClassLoader> loader = useAndEnd(jar);

    assertThat(log.await(kept.named))
        .startsWith("acme-one 1.2 (")
        .contains("acme-one-1.2.jar) is used no more, but has left behind: ")
        .contains("That keeps its classes in memory.")
        .contains("Have its author end all of that in close()");
    assertThat(loader.get()).isNotNull();

    kept.mending.run();
    caller.shutdown();
    assertThat(SessionsOfOne.isCollected(loader)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whatCanBeTakenOutIsTakenOutAndNamed(Removed removed) throws Exception {
    Logger held = Logger.getLogger("acme.host");
    WeakReference<ClassLoader> loader = useAndEnd(sessions.jar(removed.does, removed.members));

    assertThat(log.await(removed.named))
        .contains("is used no more, but has left behind: ")
        .contains("which Graft has removed")
        .doesNotContain("keeps its classes");
    assertThat(SessionsOfOne.isCollected(loader)).isTrue();
    assertThat(held.getHandlers()).isEmpty();
  }

  @Test
  void whatAPluginEndsInCloseIsNotNamed() throws Exception {
    Path jar =
        sessions.jar(
            """
            thread = new Thread(() -> {
              try { Thread.sleep(600_000); } catch (InterruptedException e) { return; }
            }, "acme-poller");
            thread.start();
            """,
            """
            private Thread thread;
            public void close() throws Exception {
              thread.interrupt();
              thread.join();
              System.setProperty("acme.closed", String.valueOf(
                  Thread.currentThread().getContextClassLoader() == One.class.getClassLoader()));
            }
            """);
    WeakReference<ClassLoader> loader = useAndEnd(jar);

    assertThat(SessionsOfOne.isCollected(loader)).isTrue();
    assertThat(System.getProperty(CLOSED)).isEqualTo("true");
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void aPluginWhoseCloseFailsOrHangsIsNamed() throws Exception {
    WeakReference<ClassLoader> failing =
        useAndEnd(
            sessions.jar(
                "",
                "public void close() throws Exception { throw new IllegalStateException(\"torn\"); }"));
    assertThat(log.await("failed to close"))
        .startsWith("acme.One (acme-one 1.2, ")
        .contains("failed to close: java.lang.IllegalStateException: torn.");

    WeakReference<ClassLoader> hanging =
        useAndEnd(
            sessions.jar("", "public void close() throws Exception { Thread.sleep(600_000); }"));
    assertThat(log.await("was not closed")).contains("within 2 s");

    assertThat(SessionsOfOne.isCollected(failing)).isTrue();
    assertThat(SessionsOfOne.isCollected(hanging)).isTrue();
  }

  @Test
  void resourcesThatAPluginReadsLeaveNoJarOpen() throws Exception {
    Path jar =
        sessions.jar(
            """
            try (var in = One.class.getResource("One.class").openStream()) { in.read(); }
            One.class.getResource("One.class").openConnection().getContentLength();
            try (var in = One.class.getResourceAsStream("One.class")) { in.read(); }
            """,
            "");
    WeakReference<ClassLoader> loader = useAndEnd(jar);

    assertThat(SessionsOfOne.isCollected(loader)).isTrue();
    Path files = Path.of("/proc/self/fd");
    Assumptions.assumeTrue(Files.isDirectory(files), "open files can be had on Linux alone");
    assertThat(openFiles(files)).noneMatch(file -> file.contains("acme-one-1.2.jar"));
  }

  private static List<String> openFiles(Path folder) throws IOException {
    List<String> open = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.isSymbolicLink(file)) {
          open.add(Files.readSymbolicLink(file).toString());
        }
      }
    }
    return open;
  }
}
