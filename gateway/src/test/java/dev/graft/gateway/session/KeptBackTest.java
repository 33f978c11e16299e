package dev.graft.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.management.ThreadMXBean;
import dev.graft.gateway.memory.MemoryBudget;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.apache.spark.connect.proto.AddArtifactsRequest.ArtifactChunk;
import org.junit.jupiter.api.Test;

/** What taking the jars out of an upload costs; what passes is in the tests with a backend. */
class KeptBackTest {
  private static final int LARGE = 8 << 20;

  private final MemoryBudget budget = new MemoryBudget(LARGE);
  private boolean refused;
  private final KeptBack keptBack = new KeptBack(budget.share(), () -> refused = true);

  private static ArtifactChunk data(int size) {
    return ArtifactChunk.newBuilder().setData(ByteString.copyFrom(new byte[size])).build();
  }

  private static AddArtifactsRequest.Builder with(
      AddArtifactsRequest.Builder request, String name, int size) {
    request.getBatchBuilder().addArtifactsBuilder().setName(name).setData(data(size));
    return request;
  }

  private static AddArtifactsRequest.Builder request() {
    return AddArtifactsRequest.newBuilder().setSessionId("1");
  }

  /** How many bytes are allocated for what the backend gets of a message. */
  private long costOf(AddArtifactsRequest.Builder request) {
    byte[] message = request.build().toByteArray();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    keptBack.request(message);
    return threads.getThreadAllocatedBytes(thread) - before;
  }

  @Test
  void theBytesOfJarsAreNotCopied() {
    costOf(with(request(), "jars/first.jar", 1)); // loads what it needs

    assertThat(costOf(with(request(), "jars/a.jar", LARGE))).isLessThan(100_000);
    AddArtifactsRequest.Builder begin = request();
    begin.getBeginChunkBuilder().setName("jars/b.jar").setInitialChunk(data(LARGE));
    assertThat(costOf(begin)).isLessThan(100_000);
    assertThat(costOf(request().setChunk(data(LARGE)))).isLessThan(100_000);
    assertThat(costOf(with(request(), "files/c.txt", LARGE))).isLessThan(100_000);
    assertThat(refused).isFalse();
  }

  @Test
  void whatPassesBesideAJarIsCopiedOnceAndCounted() {
    int most = LARGE / 8 * 7; // the rest of the budget is for small messages
    AddArtifactsRequest.Builder both = with(with(request(), "jars/a.jar", LARGE), "b", most / 2);

    assertThat(costOf(both)).isBetween((long) most / 2, most / 2 + 100_000L);
    assertThat(budget.taken()).isBetween((long) most / 2, most / 2 + 10_000L);
    assertThat(keptBack.request(request().build().toByteArray())).hasSize(1);
    assertThat(budget.taken()).as("the name of the jar").isBetween(1L, 1_000L);
    assertThat(refused).isFalse();

    AddArtifactsRequest.Builder more = with(with(request(), "jars/a.jar", 1), "b", most);
    assertThat(keptBack.request(more.build().toByteArray())).isEmpty();
    assertThat(refused).isTrue();
  }

  @Test
  void namesWithoutEndAreCountedToo() {
    for (int message = 0; message < 1_000 && !refused; message++) {
      AddArtifactsRequest.Builder many = request();
      for (int name = 0; name < 100; name++) {
        with(many, "jars/" + message + "-" + name + ".jar", 0);
      }
      keptBack.request(many.build().toByteArray());
    }

    assertThat(refused).isTrue();
    assertThat(budget.taken()).isLessThanOrEqualTo(LARGE);
    assertThat(keptBack.request(with(request(), "jars/one-more.jar", 0).build().toByteArray()))
        .isEqualTo(List.of());
  }
}
