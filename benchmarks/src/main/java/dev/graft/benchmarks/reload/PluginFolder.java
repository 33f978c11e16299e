package dev.graft.benchmarks.reload;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.graft.registry.Registry;
import dev.graft.registry.isolation.HostClasses;
import dev.graft.registry.isolation.LibrarySource;
import dev.graft.registry.isolation.RealmLibraries;
import dev.graft.registry.loading.Host;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.testkit.jar.AuthorClassPath;
import dev.graft.testkit.jar.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;

/**
 * A folder of jars with a plugin each, for messages of their own. A plugin answers with a limit on
 * a range, made with the node builder.
 *
 * @param folder where they lie
 * @param plugins how many there are
 */
record PluginFolder(Path folder, int plugins) {
  private static final String SOURCE =
      """
      public class PluginNUMBER implements ExtensionPlugin {
        public ExtensionKind kind() { return ExtensionKind.RELATION; }
        public Set<String> messageNames() { return Set.of("acme.v1.MessageNUMBER"); }
        public Optional<Answer> answer(Extension extension, HostContext context) {
          return Optional.of(
              new Answer.Node(dev.graft.api.node.Nodes.range(NUMBER + 1).limit(10).build().toByteArray()));
        }
      }
      """;

  /** Compiles the plugins into the folder. */
  void compile() {
    for (int number = 0; number < plugins; number++) {
      PluginJar.of(SOURCE.replace("NUMBER", Integer.toString(number)))
          .manifest("Graft-Plugin-Id", "plugin-" + number)
          .service(ExtensionPlugin.class.getName(), "acme.Plugin" + number)
          .writeTo(jar(number));
    }
  }

  private Path jar(int number) {
    return folder.resolve("plugin-%d-1.0.jar".formatted(number));
  }

  /** Makes the first jars look as if they had been replaced just now. */
  void touch(int jars) throws IOException {
    for (int number = 0; number < jars; number++) {
      FileTime before = Files.getLastModifiedTime(jar(number));
      Files.setLastModifiedTime(jar(number), FileTime.fromMillis(before.toMillis() + 1_000));
    }
  }

  /** A server with these plugins. */
  Registry load() {
    List<LibrarySource> jars = AuthorClassPath.jars().stream().map(LibrarySource::new).toList();
    Host host =
        new Host(
            "benchmark",
            "",
            HostClasses.none(),
            new RealmLibraries(List.of(jars.get(1)), List.of(jars.get(2)), List.of(jars.get(3))),
            (className, kind) -> Optional.empty());
    Map<String, String> entries =
        Map.of("graft.plugins.path", folder.toString(), "graft.plugins.discovery", "services");
    return Registry.load(entries, host);
  }

  /** A plan for one of them. */
  byte[] plan(int number) {
    Any message =
        Any.newBuilder()
            .setTypeUrl("type.googleapis.com/acme.v1.Message" + number)
            .setValue(ByteString.EMPTY)
            .build();
    return Plan.newBuilder()
        .setRoot(Relation.newBuilder().setExtension(message))
        .build()
        .toByteArray();
  }
}
