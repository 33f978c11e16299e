package dev.graft.registry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.Snapshot;
import dev.graft.testkit.jar.PluginJar;

/**
 * A plugin without faults, to stand beside a hostile one: whatever that does, this one must still
 * answer.
 */
public final class Neighbour {
  /** The plugin's class, for the list of relations. */
  public static final String CLASS = "acme.Neighbour";

  /** A jar with nothing else in it. */
  public static final PluginJar JAR =
      PluginJar.of(
          """
          public class Neighbour implements ExtensionPlugin {
            public ExtensionKind kind() { return ExtensionKind.RELATION; }
            public Set<String> messageNames() { return Set.of("acme.v1.Neighbour"); }
            public Optional<Answer> answer(Extension extension, HostContext context) {
              return Optional.of(new Answer.Node("here".getBytes()));
            }
          }
          """);

  private Neighbour() {}

  /** Asks it. */
  public static void answers(Snapshot snapshot) {
    assertThat(TestServer.answer(snapshot, TestRequest.relation("acme.v1.Neighbour")))
        .isEqualTo("here");
  }
}
