package dev.graft.registry.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.Registry;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.registry.testkit.TestServer;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.testkit.jar.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to be different after a reload. */
class ReloadingTest {
  @TempDir private Path folder;

  private static PluginJar plugin(String name) {
    return PluginJar.of(
            """
            public class NAME implements ExtensionPlugin {
              public ExtensionKind kind() { return ExtensionKind.RELATION; }
              public Set<String> messageNames() { return Set.of("acme.v1.NAME"); }
              public Optional<Answer> answer(Extension extension, HostContext context) {
                return Optional.empty();
              }
            }
            """
                .replace("NAME", name))
        .manifest("Graft-Plugin-Id", name)
        .service(ExtensionPlugin.class.getName(), "acme." + name);
  }

  private static Changes changes(Reloading reloading) {
    return ((Reload.Swapped) reloading.now("A test")).changes();
  }

  @Test
  void aLibraryThatChangesReplacesThePluginOfItsFolderAndNoOther() throws IOException {
    TestServer server = new TestServer(folder).set(RegistryConfiguration.DISCOVERY, "services");
    Path bundle = Files.createDirectory(server.file("acme"));
    plugin("One").writeTo(bundle.resolve("one.jar"));
    Path library = PluginJar.of("public class Library {}").writeTo(bundle.resolve("library.jar"));
    // Its name begins as that of the folder does.
    server.install("acme-2.jar", plugin("Two"));
    Reloading reloading = new Reloading(server.registry(), snapshot -> {});

    Files.delete(library);
    Changes changes = changes(reloading);
    assertThat(changes.replaced()).containsExactly("acme.One (One, " + bundle + ")");
    assertThat(changes.asBefore()).isEqualTo(1);
    assertThat(changes.added()).isEmpty();
    assertThat(changes.removed()).isEmpty();

    assertThat(changes(reloading))
        .isEqualTo(new Changes(List.of(), List.of(), List.of(), List.of(), 2));
  }

  @Test
  void whatWasRefusedBeforeIsNoChange() throws IOException {
    TestServer server =
        new TestServer(folder)
            .set(RegistryConfiguration.DISCOVERY, "services")
            .install("one.jar", plugin("One"));
    Files.write(server.file("broken.jar"), new byte[] {1, 2, 3});
    Registry registry = server.registry();
    Reloading reloading = new Reloading(registry, snapshot -> {});

    assertThat(changes(reloading).refused()).isEmpty();
    Files.write(server.file("empty.jar"), new byte[0]);
    assertThat(changes(reloading).refused()).hasSize(1);
    assertThat(registry.current().report().refused()).hasSize(2);
  }
}
