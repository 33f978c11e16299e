package dev.graft.registry.unload;

import dev.graft.registry.Snapshot;
import dev.graft.registry.session.SessionKey;
import dev.graft.registry.session.SessionPlugins;
import dev.graft.registry.testkit.TestRequest;
import dev.graft.registry.testkit.TestServer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.testkit.jar.PluginJar;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server whose sessions each bring a jar, use it and end. */
final class SessionsOfOne implements AutoCloseable {
  private static final Extension ONE = TestRequest.relation("acme.v1.One");

  private final SessionPlugins sessions;
  private final Path folder;
  private int count;

  SessionsOfOne(Path folder) throws IOException {
    this.folder = folder;
    this.sessions =
        new SessionPlugins(
            new TestServer(Files.createDirectory(folder.resolve("plugins")))
                .set("graft.plugins.discovery", "services")
                .set("graft.sessions.plugins", "any")
                .set("graft.limits.loading-seconds", "2")
                .registry());
  }

  /**
   * A jar with a plugin acme.One.
   *
   * @param then what it does when it is asked, as statements of Java
   * @param members what its class has besides; with {@code void close() throws Exception} among it,
   *     the plugin can be closed
   */
  Path jar(String then, String members) {
    return PluginJar.of(
            """
            public class One implements ExtensionPlugin, AutoCloseable {
              public ExtensionKind kind() { return ExtensionKind.RELATION; }
              public Set<String> messageNames() { return Set.of("acme.v1.One"); }
              public Optional<Answer> answer(Extension extension, HostContext context) throws Exception {
                THEN
                return Optional.of(new Answer.Node("one".getBytes()));
              }
              MEMBERS
            }
            """
                .replace(
                    ", AutoCloseable",
                    members.contains("void close() throws Exception") ? ", AutoCloseable" : "")
                .replace("THEN", then)
                .replace("MEMBERS", members))
        .service(ExtensionPlugin.class.getName(), "acme.One")
        .manifest("Implementation-Version", "1.2")
        .writeTo(folder.resolve("acme-one-1.2.jar"));
  }

  /** A session that adds a jar, asks its plugin and ends. What is left to be collected. */
  WeakReference<ClassLoader> useAndEnd(Path jar) {
    count++;
    SessionKey key = new SessionKey("ada", "session " + count);
    Snapshot snapshot = sessions.of(() -> key, () -> List.of(jar));
    if (!TestServer.answer(snapshot, ONE).equals("one")) {
      throw new AssertionError("The plugin was not asked");
    }
    ClassLoader loader = snapshot.index().plugins().get(0).realm();
    sessions.end(key);
    return new WeakReference<>(loader);
  }

  /** Whether a loader is collected, sooner or later. */
  static boolean isCollected(WeakReference<ClassLoader> loader) throws InterruptedException {
    for (int i = 0; i < 200 && loader.get() != null; i++) {
      System.gc();
      Thread.sleep(50);
    }
    return loader.get() == null;
  }

  @Override
  public void close() {
    sessions.close();
  }
}
