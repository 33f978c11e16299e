package dev.graft.cli.lines;

import dev.graft.testkit.jar.PluginJar;
import java.nio.file.Path;

/**
 * A plugin that does what the text of its message says, none of it good; one that gives back what
 * it is given; and one whose rows are as many as the times that it has made something once.
 */
final class HostilePluginSources {
  private HostilePluginSources() {}

  static Path writeTo(Path jar) {
    return PluginJar.of(
            """
            public class Hostile implements RelationPlugin<StringValue> {
              @Override public Class<StringValue> messageType() { return StringValue.class; }

              @Override public Optional<Relation> transform(StringValue what, PlanningContext context) {
                switch (what.getValue()) {
                  case "throw": throw new IllegalArgumentException("no such luck");
                  case "refuse": throw new PlanningException("k must be positive");
                  case "null": return null;
                  case "decline": return Optional.empty();
                  case "overflow": return transform(what, context);
                  case "link": return Optional.of(Gone.relation());
                  case "self": return Optional.of(Relation.newBuilder().setExtension(Any.pack(what)).build());
                  default: return Optional.of(Relation.newBuilder().build());
                }
              }
            }
            """,
            """
            public class Gone {
              static Relation relation() { return Relation.getDefaultInstance(); }
            }
            """,
            """
            public class Same implements RelationPlugin<org.apache.spark.connect.proto.Limit> {
              @Override public Class<org.apache.spark.connect.proto.Limit> messageType() {
                return org.apache.spark.connect.proto.Limit.class;
              }

              @Override public Optional<Relation> transform(org.apache.spark.connect.proto.Limit limit, PlanningContext context) {
                return Optional.of(limit.getInput());
              }
            }
            """,
            """
            public class Counted implements dev.graft.spi.NativePlugin {
              private final java.util.concurrent.atomic.AtomicLong made = new java.util.concurrent.atomic.AtomicLong();

              @Override public dev.graft.spi.ExtensionKind kind() { return dev.graft.spi.ExtensionKind.RELATION; }

              @Override public java.util.Set<String> messageNames() { return java.util.Set.of("acme.v1.Counted"); }

              @Override public Optional<dev.graft.spi.Answer> answer(
                  dev.graft.spi.Extension extension, dev.graft.spi.HostContext context) {
                long times = (Long) context.engine().orElseThrow().once("times", made::incrementAndGet);
                return Optional.of(new dev.graft.spi.Answer.Node(
                    dev.graft.api.node.Nodes.range(times).build().toByteArray()));
              }
            }
            """)
        .without("acme.Gone")
        .manifest("Graft-Plugin-Id", "hostile")
        .writeTo(jar);
  }
}
