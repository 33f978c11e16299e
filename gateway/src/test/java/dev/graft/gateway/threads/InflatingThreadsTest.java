package dev.graft.gateway.threads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.gateway.proxy.BytesMarshaller;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InflatingThreadsTest {
  private final InflatingThreads inflating = new InflatingThreads(Map.of());

  @AfterEach
  void close() {
    inflating.close();
  }

  private @Nullable Executor of(@Nullable String encoding) {
    Metadata headers = new Metadata();
    if (encoding != null) {
      headers.put(Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER), encoding);
    }
    return inflating.getExecutor(new Call(), headers);
  }

  @Test
  void callsThatAreNotCompressedStayWhereTheyAre() {
    assertThat(of(null)).isNull();
    assertThat(of("identity")).isNull();
  }

  @Test
  void othersBeginWhereTheyAreAndThenHaveThreadsOfTheirOwn() {
    CompletableFuture<Thread> begins = new CompletableFuture<>();
    CompletableFuture<String> name = new CompletableFuture<>();
    Executor threads = Objects.requireNonNull(of("gzip"));

    threads.execute(() -> begins.complete(Thread.currentThread()));
    assertThat(begins).isCompletedWithValue(Thread.currentThread());
    threads.execute(() -> name.complete(Thread.currentThread().getName()));
    assertThat(name.join()).startsWith("graft-inflating");
  }

  /** A call of which nothing is asked. */
  private static final class Call extends ServerCall<byte[], byte[]> {
    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(byte[] message) {}

    @Override
    public void close(Status status, Metadata trailers) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<byte[], byte[]> getMethodDescriptor() {
      return MethodDescriptor.newBuilder(BytesMarshaller.INSTANCE, BytesMarshaller.INSTANCE)
          .setFullMethodName("acme.Anything/Echo")
          .setType(MethodDescriptor.MethodType.UNARY)
          .build();
    }
  }
}
