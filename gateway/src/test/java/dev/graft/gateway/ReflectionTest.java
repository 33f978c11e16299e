package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tools such as grpcurl learn of the gateway, by asking as they do. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class ReflectionTest {
  private static final String SERVICE = "spark.connect.SparkConnectService";

  private ByteBackend backend;
  private Gateway gateway;
  private ByteClient client;

  @BeforeEach
  void start() throws Exception {
    backend = new ByteBackend();
    start(Map.of("graft.gateway.port", "0"));
  }

  private void start(Map<String, String> entries) {
    gateway =
        Gateway.start(
            GatewaySettings.parse(entries),
            entries,
            BackendAddress.parse("sc://127.0.0.1:" + backend.port()));
    client = new ByteClient(gateway.port());
  }

  @AfterEach
  void stop() {
    client.close();
    backend.close();
    gateway.close();
  }

  private ServerReflectionResponse ask(ServerReflectionRequest request) throws Exception {
    Answer<ServerReflectionResponse> answer = new Answer<>();
    StreamObserver<ServerReflectionRequest> asking =
        ServerReflectionGrpc.newStub(client.channel()).serverReflectionInfo(answer);
    asking.onNext(request);
    ServerReflectionResponse response = answer.future.get(20, TimeUnit.SECONDS);
    asking.onCompleted();
    return response;
  }

  private static final class Answer<T> implements StreamObserver<T> {
    final CompletableFuture<T> future = new CompletableFuture<>();

    @Override
    public void onNext(T value) {
      future.complete(value);
    }

    @Override
    public void onError(Throwable failure) {
      future.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}
  }

  @Test
  void theServicesAreListed() throws Exception {
    List<String> names =
        ask(ServerReflectionRequest.newBuilder().setListServices("").build())
            .getListServicesResponse()
            .getServiceList()
            .stream()
            .map(ServiceResponse::getName)
            .toList();

    assertThat(names)
        .containsExactlyInAnyOrder(
            SERVICE,
            "grpc.health.v1.Health",
            "grpc.reflection.v1.ServerReflection",
            "grpc.reflection.v1alpha.ServerReflection");
  }

  @Test
  void theMethodsOfTheNewestConnectLineAreDescribed() throws Exception {
    ServerReflectionResponse response =
        ask(ServerReflectionRequest.newBuilder().setFileContainingSymbol(SERVICE).build());

    ServiceDescriptor service = link(response).findServiceByName("SparkConnectService");
    assertThat(service.getMethods())
        .extracting(MethodDescriptor::getName)
        .containsExactlyInAnyOrder(
            "ExecutePlan",
            "AnalyzePlan",
            "Config",
            "AddArtifacts",
            "ArtifactStatus",
            "Interrupt",
            "ReattachExecute",
            "ReleaseExecute",
            "ReleaseSession",
            "FetchErrorDetails",
            "CloneSession",
            "GetStatus");
    MethodDescriptor execute = service.findMethodByName("ExecutePlan");
    assertThat(execute.isServerStreaming()).isTrue();
    assertThat(execute.isClientStreaming()).isFalse();
    assertThat(execute.getInputType().findFieldByName("session_id").getNumber()).isEqualTo(1);
    assertThat(service.findMethodByName("AddArtifacts").isClientStreaming()).isTrue();
  }

  /** Builds the file as a client does, of all files that came with it. */
  private static FileDescriptor link(ServerReflectionResponse response) throws Exception {
    Map<String, FileDescriptorProto> files = new HashMap<>();
    for (ByteString bytes : response.getFileDescriptorResponse().getFileDescriptorProtoList()) {
      FileDescriptorProto file = FileDescriptorProto.parseFrom(bytes);
      files.put(file.getName(), file);
    }
    return link("spark/connect/base.proto", files);
  }

  private static FileDescriptor link(String name, Map<String, FileDescriptorProto> files)
      throws Exception {
    FileDescriptorProto file = files.get(name);
    if (file == null) {
      throw new AssertionError(name + " did not come with the others: " + files.keySet());
    }
    FileDescriptor[] imports = new FileDescriptor[file.getDependencyCount()];
    for (int i = 0; i < imports.length; i++) {
      imports[i] = link(file.getDependency(i), files);
    }
    return FileDescriptor.buildFrom(file, imports);
  }

  @Test
  void olderToolsAreAnsweredTheSame() throws Exception {
    Answer<io.grpc.reflection.v1alpha.ServerReflectionResponse> answer = new Answer<>();
    StreamObserver<io.grpc.reflection.v1alpha.ServerReflectionRequest> asking =
        io.grpc.reflection.v1alpha.ServerReflectionGrpc.newStub(client.channel())
            .serverReflectionInfo(answer);
    asking.onNext(
        io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
            .setFileContainingSymbol(SERVICE)
            .build());

    assertThat(
            answer
                .future
                .get(20, TimeUnit.SECONDS)
                .getFileDescriptorResponse()
                .getFileDescriptorProtoCount())
        .isGreaterThan(5);
    asking.onCompleted();
  }

  @Test
  void whatIsDescribedIsStillPassedOn() throws Exception {
    byte[] request = {1, 2, 3};

    assertThat(client.call(SERVICE + "/GetStatus", request).next()).isEqualTo(request);
    assertThat(backend.methods).containsExactly(SERVICE + "/GetStatus");
  }

  @Test
  void withoutReflectionTheBackendIsAsked() throws Exception {
    client.close();
    gateway.close();
    start(Map.of("graft.gateway.port", "0", "graft.gateway.reflection", "false"));

    client.call("grpc.reflection.v1.ServerReflection/ServerReflectionInfo", new byte[0]).status();

    assertThat(backend.methods)
        .containsExactly("grpc.reflection.v1.ServerReflection/ServerReflectionInfo");
  }
}
