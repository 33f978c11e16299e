package dev.graft.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import dev.graft.api.node.Nodes;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.apache.spark.connect.proto.AddArtifactsResponse;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.ArtifactStatusesRequest;
import org.apache.spark.connect.proto.CloneSessionRequest;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.FetchErrorDetailsRequest;
import org.apache.spark.connect.proto.GetStatusRequest;
import org.apache.spark.connect.proto.InterruptRequest;
import org.apache.spark.connect.proto.KeyValue;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.ReattachExecuteRequest;
import org.apache.spark.connect.proto.ReattachOptions;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.ReleaseExecuteRequest;
import org.apache.spark.connect.proto.ReleaseSessionRequest;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc.SparkConnectServiceBlockingStub;
import org.apache.spark.connect.proto.UserContext;

/**
 * A client that says it is somebody, and calls each method of the service. What a call comes to is
 * a text: what the server told, or the status and the error class.
 */
record Client(Channel channel, String user, String session) {
  private static final Pattern ERROR_CLASS = Pattern.compile("\\[([A-Z0-9_.]+)]");
  private static final int LIMIT_SECONDS = 60;

  private SparkConnectServiceBlockingStub stub() {
    return SparkConnectServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private UserContext userContext() {
    return UserContext.newBuilder().setUserId(user).build();
  }

  /** The same connection under other names. */
  Client as(String newUser, String newSession) {
    return new Client(channel, newUser, newSession);
  }

  String execute(Plan plan) {
    return execute(plan, UUID.randomUUID().toString());
  }

  String execute(Plan plan, String operation) {
    return outcome(() -> told(stub().executePlan(request(plan, operation))));
  }

  /** Executes a plan that fails, and gives the id by which the server knows the error. */
  String failed(Plan plan) {
    try {
      told(stub().executePlan(request(plan, UUID.randomUUID().toString())));
      throw new AssertionError("The plan has not failed");
    } catch (StatusRuntimeException e) {
      com.google.rpc.Status status = io.grpc.protobuf.StatusProto.fromThrowable(e);
      return status.getDetailsList().stream()
          .filter(detail -> detail.is(com.google.rpc.ErrorInfo.class))
          .map(
              detail -> {
                try {
                  return detail.unpack(com.google.rpc.ErrorInfo.class);
                } catch (com.google.protobuf.InvalidProtocolBufferException wrong) {
                  throw new AssertionError(wrong);
                }
              })
          .map(info -> info.getMetadataOrDefault("errorId", ""))
          .findFirst()
          .orElseThrow();
    }
  }

  private ExecutePlanRequest request(Plan plan, String operation) {
    return ExecutePlanRequest.newBuilder()
        .setSessionId(session)
        .setUserContext(userContext())
        .setOperationId(operation)
        .addTags("tag-of-" + user)
        .setPlan(plan)
        .addRequestOptions(
            ExecutePlanRequest.RequestOption.newBuilder()
                .setReattachOptions(ReattachOptions.newBuilder().setReattachable(true)))
        .build();
  }

  String reattach(String operation) {
    return outcome(
        () ->
            told(
                stub()
                    .reattachExecute(
                        ReattachExecuteRequest.newBuilder()
                            .setSessionId(session)
                            .setUserContext(userContext())
                            .setOperationId(operation)
                            .build())));
  }

  String releaseAll(String operation) {
    return release(
        ReleaseExecuteRequest.newBuilder()
            .setOperationId(operation)
            .setReleaseAll(ReleaseExecuteRequest.ReleaseAll.getDefaultInstance()));
  }

  String releaseUntil(String operation, String response) {
    return release(
        ReleaseExecuteRequest.newBuilder()
            .setOperationId(operation)
            .setReleaseUntil(
                ReleaseExecuteRequest.ReleaseUntil.newBuilder().setResponseId(response)));
  }

  private String release(ReleaseExecuteRequest.Builder request) {
    return outcome(
        () ->
            "operation known: "
                + stub()
                    .releaseExecute(
                        request.setSessionId(session).setUserContext(userContext()).build())
                    .hasOperationId());
  }

  String interrupt(String operation) {
    return interrupt(
        InterruptRequest.newBuilder()
            .setInterruptType(InterruptRequest.InterruptType.INTERRUPT_TYPE_OPERATION_ID)
            .setOperationId(operation));
  }

  String interruptTag(String tag) {
    return interrupt(
        InterruptRequest.newBuilder()
            .setInterruptType(InterruptRequest.InterruptType.INTERRUPT_TYPE_TAG)
            .setOperationTag(tag));
  }

  String interruptAll() {
    return interrupt(
        InterruptRequest.newBuilder()
            .setInterruptType(InterruptRequest.InterruptType.INTERRUPT_TYPE_ALL));
  }

  private String interrupt(InterruptRequest.Builder request) {
    return outcome(
        () ->
            stub()
                    .interrupt(request.setSessionId(session).setUserContext(userContext()).build())
                    .getInterruptedIdsCount()
                + " interrupted");
  }

  String analyze(Plan plan) {
    return outcome(
        () ->
            stub()
                .analyzePlan(
                    AnalyzePlanRequest.newBuilder()
                        .setSessionId(session)
                        .setUserContext(userContext())
                        .setSchema(AnalyzePlanRequest.Schema.newBuilder().setPlan(plan))
                        .build())
                .getSchema()
                .getSchema()
                .getStruct()
                .getFieldsList()
                .toString());
  }

  String errorDetails(String errorId) {
    return outcome(
        () ->
            stub()
                    .fetchErrorDetails(
                        FetchErrorDetailsRequest.newBuilder()
                            .setSessionId(session)
                            .setUserContext(userContext())
                            .setErrorId(errorId)
                            .build())
                    .getErrorsCount()
                + " errors");
  }

  String setting(String name) {
    return config(
        ConfigRequest.Operation.newBuilder()
            .setGetOption(ConfigRequest.GetOption.newBuilder().addKeys(name)));
  }

  String settings(String prefix) {
    return config(
        ConfigRequest.Operation.newBuilder()
            .setGetAll(ConfigRequest.GetAll.newBuilder().setPrefix(prefix)));
  }

  String set(String name, String value) {
    return config(
        ConfigRequest.Operation.newBuilder()
            .setSet(
                ConfigRequest.Set.newBuilder()
                    .addPairs(KeyValue.newBuilder().setKey(name).setValue(value))));
  }

  private String config(ConfigRequest.Operation.Builder operation) {
    return outcome(
        () ->
            stub()
                .config(
                    ConfigRequest.newBuilder()
                        .setSessionId(session)
                        .setUserContext(userContext())
                        .setOperation(operation)
                        .build())
                .getPairsList()
                .stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .toList()
                .toString());
  }

  String addFile(String name, String content) {
    return add(name, ByteString.copyFromUtf8(content));
  }

  String addJar(Path jar) throws IOException {
    return add("jars/" + jar.getFileName(), ByteString.copyFrom(Files.readAllBytes(jar)));
  }

  private String add(String name, ByteString content) {
    CompletableFuture<String> end = new CompletableFuture<>();
    StreamObserver<AddArtifactsRequest> requests =
        SparkConnectServiceGrpc.newStub(channel)
            .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
            .addArtifacts(
                new StreamObserver<AddArtifactsResponse>() {
                  @Override
                  public void onNext(AddArtifactsResponse response) {
                    end.complete(
                        "checksum right: " + response.getArtifacts(0).getIsCrcSuccessful());
                  }

                  @Override
                  public void onError(Throwable failure) {
                    end.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    end.complete("nothing");
                  }
                });
    CRC32 checksum = new CRC32();
    checksum.update(content.toByteArray());
    requests.onNext(
        AddArtifactsRequest.newBuilder()
            .setSessionId(session)
            .setUserContext(userContext())
            .setBatch(
                AddArtifactsRequest.Batch.newBuilder()
                    .addArtifacts(
                        AddArtifactsRequest.SingleChunkArtifact.newBuilder()
                            .setName(name)
                            .setData(
                                AddArtifactsRequest.ArtifactChunk.newBuilder()
                                    .setData(content)
                                    .setCrc(checksum.getValue()))))
            .build());
    requests.onCompleted();
    return outcome(
        () -> {
          try {
            return end.get(LIMIT_SECONDS, TimeUnit.SECONDS);
          } catch (ExecutionException e) {
            throw Status.fromThrowable(e.getCause()).asRuntimeException();
          } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
          }
        });
  }

  String fileStatus(String name) {
    return outcome(
        () ->
            stub()
                .artifactStatus(
                    ArtifactStatusesRequest.newBuilder()
                        .setSessionId(session)
                        .setUserContext(userContext())
                        .addNames(name)
                        .build())
                .getStatusesMap()
                .toString());
  }

  String cloneSession() {
    return cloneSession(UUID.randomUUID().toString());
  }

  /** Clones the session into one that does not exist yet. */
  String cloneSession(String newSession) {
    return outcome(
        () -> {
          stub()
              .cloneSession(
                  CloneSessionRequest.newBuilder()
                      .setSessionId(session)
                      .setNewSessionId(newSession)
                      .setUserContext(userContext())
                      .build());
          return "cloned";
        });
  }

  String status(String operation) {
    return outcome(
        () ->
            stub()
                .getStatus(
                    GetStatusRequest.newBuilder()
                        .setSessionId(session)
                        .setUserContext(userContext())
                        .setOperationStatus(
                            GetStatusRequest.OperationStatusRequest.newBuilder()
                                .addOperationIds(operation))
                        .build())
                .getOperationStatusesList()
                .stream()
                .map(known -> known.getState().name())
                .toList()
                .toString());
  }

  String releaseSession() {
    return outcome(
        () -> {
          stub()
              .releaseSession(
                  ReleaseSessionRequest.newBuilder()
                      .setSessionId(session)
                      .setUserContext(userContext())
                      .build());
          return "released";
        });
  }

  static Plan table(String name) {
    return plan(Nodes.table(name).build());
  }

  static Plan plan(Relation relation) {
    return Plan.newBuilder().setRoot(relation).build();
  }

  static Plan plan(Command command) {
    return Plan.newBuilder().setCommand(command).build();
  }

  /**
   * The kinds of the responses, and the rows as they are written, without what differs each time.
   */
  private static String told(Iterator<ExecutePlanResponse> responses) {
    StringBuilder told = new StringBuilder();
    while (responses.hasNext()) {
      ExecutePlanResponse response = responses.next();
      if (response.hasArrowBatch()) {
        String data = response.getArrowBatch().getData().toString(UTF_8);
        told.append(response.getArrowBatch().getRowCount()).append(" rows");
        Matcher owner = Pattern.compile("of [a-z]+").matcher(data);
        while (owner.find()) {
          told.append(' ').append(owner.group());
        }
        told.append("; ");
      }
      if (response.hasSqlCommandResult()) {
        told.append("a relation; ");
      }
      if (response.hasExtension()) {
        told.append("a message; ");
      }
    }
    return told.append("end").toString();
  }

  private static String outcome(Supplier<String> call) {
    try {
      return "OK: " + call.get();
    } catch (StatusRuntimeException e) {
      Matcher errorClass = ERROR_CLASS.matcher(String.valueOf(e.getStatus().getDescription()));
      return e.getStatus().getCode() + (errorClass.find() ? " " + errorClass.group(1) : "");
    }
  }
}
