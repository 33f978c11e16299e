package dev.graft.registry.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.registry.testkit.TestRequest;
import dev.graft.registry.testkit.TestServer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.testkit.jar.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a running server's plugins when its folders change. */
class FolderWatchTest {
  private static final Extension FIRST = TestRequest.relation("acme.v1.First");
  private static final Extension SECOND = TestRequest.relation("acme.v1.Second");

  @TempDir private Path folder;

  private final List<Snapshot> taken = new ArrayList<>();
  private TestServer server;

  @BeforeEach
  void install() {
    server =
        new TestServer(folder)
            .set(RegistryConfiguration.DISCOVERY, "services")
            .install("first.jar", plugin("First", "one"));
  }

  private static PluginJar plugin(String name, String says) {
    return PluginJar.of(
            """
            public class NAME implements ExtensionPlugin {
              public ExtensionKind kind() { return ExtensionKind.RELATION; }
              public Set<String> messageNames() { return Set.of("acme.v1.NAME"); }
              public Optional<Answer> answer(Extension extension, HostContext context) {
                return Optional.of(new Answer.Node("SAYS".getBytes()));
              }
            }
            """
                .replace("NAME", name)
                .replace("SAYS", says))
        .manifest("Graft-Plugin-Id", name)
        .service(ExtensionPlugin.class.getName(), "acme." + name);
  }

  private FolderWatch watch(Registry registry) {
    return new FolderWatch(new Reloading(registry, taken::add));
  }

  private static void lookTwice(FolderWatch watch) {
    watch.look();
    watch.look();
  }

  @Test
  void whatIsAddedChangedAndRemovedIsTakenUp() throws IOException {
    Registry registry = server.registry();
    try (FolderWatch watch = watch(registry)) {
      server.install("second.jar", plugin("Second", "two"));
      lookTwice(watch);
      assertThat(TestServer.answer(registry.current(), SECOND)).isEqualTo("two");

      server.install("second.jar", plugin("Second", "changed"));
      lookTwice(watch);
      assertThat(TestServer.answer(registry.current(), SECOND)).isEqualTo("changed");

      Files.delete(server.file("second.jar"));
      lookTwice(watch);
      assertThat(TestServer.loaded(registry.current())).containsExactly("acme.First");
      assertThat(TestServer.answer(registry.current(), FIRST)).isEqualTo("one");
      assertThat(taken).hasSize(3).last().isSameAs(registry.current());
    }
  }

  @Test
  void nothingIsLoadedWhileNothingHasChanged() {
    Registry registry = server.registry();
    Snapshot before = registry.current();
    try (FolderWatch watch = watch(registry)) {
      lookTwice(watch);
      lookTwice(watch);
    }

    assertThat(registry.current()).isSameAs(before);
    assertThat(taken).isEmpty();
  }

  @Test
  void whatIsStillBeingCopiedIsLeftAlone() throws IOException {
    Registry registry = server.registry();
    Snapshot before = registry.current();
    Path whole =
        plugin("Second", "two").writeTo(Files.createTempDirectory(folder, ".").resolve("x"));
    byte[] bytes = Files.readAllBytes(whole);
    try (FolderWatch watch = watch(registry)) {
      for (int part = 1; part <= 4; part++) {
        Files.write(server.file("second.jar"), Arrays.copyOf(bytes, bytes.length * part / 4));
        watch.look();
        assertThat(registry.current()).isSameAs(before);
      }
      watch.look();

      assertThat(TestServer.answer(registry.current(), SECOND)).isEqualTo("two");
    }
  }

  @Test
  void aBrokenJarInThePlaceOfAGoodOneLeavesTheGoodOneServingUntilItIsMended() throws IOException {
    Registry registry = server.registry();
    Snapshot before = registry.current();
    try (FolderWatch watch = watch(registry)) {
      Path broken = Files.write(folder.resolve("first.part"), new byte[] {1, 2, 3});
      Files.move(broken, server.file("first.jar"), StandardCopyOption.REPLACE_EXISTING);
      lookTwice(watch);
      lookTwice(watch);

      assertThat(registry.current()).isSameAs(before);
      assertThat(TestServer.answer(registry.current(), FIRST)).isEqualTo("one");

      server.install("first.jar", plugin("First", "mended"));
      lookTwice(watch);
      assertThat(TestServer.answer(registry.current(), FIRST)).isEqualTo("mended");
    }
  }

  @Test
  void aBrokenJarBesideGoodOnesIsRefusedAndTheyAreLoaded() throws IOException {
    Registry registry = server.registry();
    try (FolderWatch watch = watch(registry)) {
      Files.write(server.file("broken.jar"), new byte[] {1, 2, 3});
      server.install("second.jar", plugin("Second", "two"));
      lookTwice(watch);

      assertThat(registry.current().report().refused())
          .extracting(Refusal::code)
          .containsExactly(ErrorCode.GRAFT_JAR_UNREADABLE);
      assertThat(TestServer.answer(registry.current(), FIRST)).isEqualTo("one");
      assertThat(TestServer.answer(registry.current(), SECOND)).isEqualTo("two");
    }
  }

  @Test
  void aPluginThatIsRequiredAndGoneLeavesAllAsItWas() throws IOException {
    server.set("graft.plugin.First.required", "true");
    Registry registry = server.registry();
    Snapshot before = registry.current();
    try (FolderWatch watch = watch(registry)) {
      Files.delete(server.file("first.jar"));
      lookTwice(watch);
    }

    assertThat(registry.current()).isSameAs(before);
    assertThat(TestServer.answer(before, FIRST)).isEqualTo("one");
  }

  @Test
  void whoeverIsToldMayFailAndThePluginsServeAllTheSame() {
    Registry registry = server.registry();
    try (FolderWatch watch =
        new FolderWatch(
            new Reloading(
                registry,
                snapshot -> {
                  throw new IllegalStateException("no room for the report");
                }))) {
      server.install("second.jar", plugin("Second", "two"));
      lookTwice(watch);
      assertThat(TestServer.answer(registry.current(), SECOND)).isEqualTo("two");

      server.install("second.jar", plugin("Second", "changed"));
      lookTwice(watch);
      assertThat(TestServer.answer(registry.current(), SECOND)).isEqualTo("changed");
    }
  }

  @Test
  void aFolderThatGoesAndComesBackIsNoHarm() throws IOException {
    Registry registry = server.registry();
    Path aside = folder.resolveSibling(folder.getFileName() + "-aside");
    try (FolderWatch watch = watch(registry)) {
      Files.move(folder, aside);
      lookTwice(watch);
      assertThat(TestServer.answer(registry.current(), FIRST)).isEqualTo("one");

      Files.move(aside, folder);
      lookTwice(watch);
      assertThat(TestServer.answer(registry.current(), FIRST)).isEqualTo("one");
    }
  }
}
