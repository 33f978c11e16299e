package dev.graft.registry.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.StringValue;
import dev.graft.registry.PlanLowering;
import dev.graft.registry.Snapshot;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.ExpansionLimits;
import dev.graft.registry.lowering.Lowering;
import dev.graft.registry.lowering.LoweringTable;
import dev.graft.registry.testkit.Neighbour;
import dev.graft.registry.testkit.TestRealm;
import dev.graft.registry.testkit.TestRequest;
import dev.graft.registry.testkit.TestServer;
import dev.graft.testkit.jar.PluginJar;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loaders are collected when nobody holds the snapshot any more, whatever their plugins have done.
 */
class LoaderLifeTest {
  private static final PluginJar TYPED =
      PluginJar.of(
          """
          public class Typed implements RelationPlugin<StringValue> {
            public static class Failure extends Exception {}
            public Class<StringValue> messageType() { return StringValue.class; }
            public Optional<Relation> transform(StringValue message, PlanningContext context) throws Exception {
              if (message.getValue().equals("fail")) throw new Failure();
              return Optional.of(Relation.newBuilder()
                  .setSql(org.apache.spark.connect.proto.SQL.newBuilder().setQuery(message.getValue()))
                  .build());
            }
          }
          """);

  @TempDir Path folder;

  /** What is to be collected: the loader of the plugin and that of its realm, which may be one. */
  private record Loaders(WeakReference<ClassLoader> plugin, WeakReference<ClassLoader> realm) {}

  /** Loads, asks, and lets go of everything but a weak hold of the loaders. */
  private static Loaders loadAskAndForget(TestServer server) {
    Snapshot snapshot = server.relations("acme.Typed").start();
    assertThat(snapshot.report().refused()).isEmpty();
    PlanLowering lowering =
        new PlanLowering(new Lowering(LoweringTable.ofConnect()), snapshot.dispatcher());
    lower(lowering, "SELECT 1");
    GraftException refusal =
        catchThrowableOfType(GraftException.class, () -> lower(lowering, "fail"));
    assertThat(snapshot.index().plugins().get(0).counters().all().accepted()).isEqualTo(1);
    // The failure's class is the plugin's own, the adapted plugin's is the realm's.
    ClassLoader plugin = Objects.requireNonNull(refusal.getCause()).getClass().getClassLoader();
    ClassLoader realm = snapshot.index().plugins().get(0).realm();
    return new Loaders(new WeakReference<>(plugin), new WeakReference<>(realm));
  }

  private static void lower(PlanLowering lowering, String text) {
    byte[] plan =
        Relation.newBuilder().setExtension(Any.pack(StringValue.of(text))).build().toByteArray();
    lowering.lower(
        ConnectType.RELATION, plan, TestRequest.SOME, new ExpansionBudget(ExpansionLimits.DEFAULT));
  }

  private static void assertCollected(WeakReference<ClassLoader> loader)
      throws InterruptedException {
    for (int step = 0; step < 100 && loader.get() != null; step++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(loader.get()).as("a loader that nothing should hold").isNull();
  }

  private static WeakReference<ClassLoader> loadAndForget(TestServer server) {
    Snapshot snapshot = server.relations(Neighbour.CLASS).start();
    return new WeakReference<>(snapshot.index().plugins().get(0).realm());
  }

  @Test
  void aPluginThatWasNeverAsked() throws InterruptedException {
    assertCollected(loadAndForget(new TestServer(folder).install("good.jar", Neighbour.JAR)));
  }

  @Test
  void aTypedPluginOfTheSharedRealmThatHasAnsweredAndFailed() throws InterruptedException {
    Loaders loaders = loadAskAndForget(new TestServer(folder).install("typed.jar", TYPED));

    assertCollected(loaders.plugin());
    assertCollected(loaders.realm());
  }

  @Test
  void aTypedPluginWithARealmOfItsOwnThatHasAnsweredAndFailed()
      throws IOException, InterruptedException {
    TestServer server = new TestServer(folder);
    TYPED.writeTo(server.file("acme").resolve("typed.jar"));
    Files.copy(TestRealm.PROTOBUF, server.file("acme").resolve("protobuf.jar"));

    assertCollected(loadAskAndForget(server).plugin());
  }
}
