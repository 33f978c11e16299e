package dev.graft.encoder;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.apache.spark.connect.proto.AddArtifactsResponse;
import org.apache.spark.connect.proto.AddArtifactsResponse.ArtifactSummary;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc.SparkConnectServiceImplBase;
import org.jspecify.annotations.Nullable;

/** A Connect server that answers every plan with the responses it was given. */
final class FakeServer extends SparkConnectServiceImplBase implements AutoCloseable {
  final BlockingQueue<ExecutePlanRequest> requests = new LinkedBlockingQueue<>();
  final BlockingQueue<AddArtifactsRequest> artifacts = new LinkedBlockingQueue<>();
  final CountDownLatch cancelled = new CountDownLatch(1);
  private final List<ExecutePlanResponse> responses;
  private final @Nullable StatusRuntimeException failure;
  private final boolean endless;
  private boolean damaging;
  private final Server server;
  private final ManagedChannel channel;

  private FakeServer(
      List<ExecutePlanResponse> responses,
      @Nullable StatusRuntimeException failure,
      boolean endless)
      throws IOException {
    this.responses = responses;
    this.failure = failure;
    this.endless = endless;
    String name = UUID.randomUUID().toString();
    server = InProcessServerBuilder.forName(name).addService(this).build().start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  static FakeServer answering(ExecutePlanResponse... responses) throws IOException {
    return new FakeServer(List.of(responses), null, false);
  }

  static FakeServer neverEnding(ExecutePlanResponse... responses) throws IOException {
    return new FakeServer(List.of(responses), null, true);
  }

  static FakeServer failing(StatusRuntimeException failure, ExecutePlanResponse... responses)
      throws IOException {
    return new FakeServer(List.of(responses), failure, false);
  }

  /** Says of artifacts that their checksum is wrong. */
  static FakeServer damaging() throws IOException {
    FakeServer server = answering();
    server.damaging = true;
    return server;
  }

  ConnectSession connect() {
    return ConnectSession.over(channel, "ada");
  }

  @Override
  public void executePlan(
      ExecutePlanRequest request, StreamObserver<ExecutePlanResponse> observer) {
    requests.add(request);
    ((ServerCallStreamObserver<ExecutePlanResponse>) observer)
        .setOnCancelHandler(cancelled::countDown);
    responses.forEach(observer::onNext);
    if (failure != null) {
      observer.onError(failure);
    } else if (!endless) {
      observer.onCompleted();
    }
  }

  /** Reads to the end, unless it fails. */
  @Override
  public StreamObserver<AddArtifactsRequest> addArtifacts(
      StreamObserver<AddArtifactsResponse> observer) {
    if (failure != null) {
      observer.onError(failure);
    }
    return new StreamObserver<>() {
      @Override
      public void onNext(AddArtifactsRequest request) {
        artifacts.add(request);
      }

      @Override
      public void onError(Throwable failure) {
        cancelled.countDown();
      }

      @Override
      public void onCompleted() {
        if (failure == null) {
          var summary = ArtifactSummary.newBuilder().setIsCrcSuccessful(!damaging);
          observer.onNext(AddArtifactsResponse.newBuilder().addArtifacts(summary).build());
          observer.onCompleted();
        }
      }
    };
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
