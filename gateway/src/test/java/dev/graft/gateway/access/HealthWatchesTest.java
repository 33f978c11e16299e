package dev.graft.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthWatchesTest {
  private static final int FULL = HealthWatches.IN_SUM / HealthWatches.OF_A_CONNECTION;

  private final HealthStatusManager health = new HealthStatusManager();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private Server server;

  @BeforeEach
  void startServer() throws Exception {
    server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(health.getHealthService())
            .intercept(new HealthWatches())
            .build()
            .start();
  }

  @AfterEach
  void stopServer() {
    channels.forEach(ManagedChannel::shutdownNow);
    server.shutdownNow();
  }

  @Test
  void aConnectionHasSomeWatchesAndAllTogetherNoMoreThanTheirSum() throws Exception {
    for (int i = 0; i < FULL; i++) {
      ManagedChannel channel = connect();
      for (int watch = 0; watch < HealthWatches.OF_A_CONNECTION; watch++) {
        assertThat(watch(channel)).isEqualTo(Status.Code.OK);
      }
      if (i == 0) {
        assertThat(watch(channel)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      }
    }

    ManagedChannel late = connect();
    assertThat(watch(late)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(HealthGrpc.newBlockingStub(late).check(HealthCheckRequest.getDefaultInstance()))
        .extracting(HealthCheckResponse::getStatus)
        .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);

    channels.get(0).shutdownNow();
    for (int tries = 0; watch(late) != Status.Code.OK; tries++) {
      assertThat(tries).as("looks at what ended").isLessThan(600);
      Thread.sleep(50);
    }
  }

  private ManagedChannel connect() {
    ManagedChannel channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
            .build();
    channels.add(channel);
    return channel;
  }

  /** OK once a watch has begun, or what it is refused with. */
  private static Status.Code watch(ManagedChannel channel) throws Exception {
    CompletableFuture<Status.Code> begun = new CompletableFuture<>();
    HealthGrpc.newStub(channel)
        .watch(
            HealthCheckRequest.getDefaultInstance(),
            new StreamObserver<>() {
              @Override
              public void onNext(HealthCheckResponse response) {
                begun.complete(Status.Code.OK);
              }

              @Override
              public void onError(Throwable refusal) {
                begun.complete(Status.fromThrowable(refusal).getCode());
              }

              @Override
              public void onCompleted() {}
            });
    return begun.get(60, TimeUnit.SECONDS);
  }
}
