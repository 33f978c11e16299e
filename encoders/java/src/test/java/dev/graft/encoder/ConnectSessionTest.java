package dev.graft.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.rpc.ErrorInfo;
import dev.graft.catalog.v1.ListExtensions;
import dev.graft.encoder.test.Sample;
import dev.graft.vectors.v3.Vectors3;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.ExecutePlanResponse.ArrowBatch;
import org.apache.spark.connect.proto.ExecutePlanResponse.SqlCommandResult;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Relation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectSessionTest {
  private static final Relation PLAN = Extensions.relation(Sample.newBuilder().setSize(2).build());
  private static final Command COMMAND = Extensions.command(Sample.getDefaultInstance());

  @Test
  void aHostWithAnUnderscoreIsLookedUpAsAnyOther() {
    try (ConnectSession session = ConnectSession.connect("sc://no_such_host.invalid:1")) {
      assertThatExceptionOfType(RequestFailedException.class)
          .isThrownBy(() -> session.schema(session.range(1)))
          .satisfies(e -> assertThat(e.status()).isEqualTo(Status.Code.UNAVAILABLE))
          .withMessageContaining("Unable to resolve host no_such_host.invalid");
    }
  }

  @Test
  void batchesAreReadOneAfterTheOther() throws Exception {
    try (FakeServer server =
            FakeServer.answering(
                schema(), batch(arrow("a", null)), batch(arrow()), batch(arrow("c")));
        ConnectSession session = server.connect();
        Rows rows = session.rows(PLAN)) {
      assertThat(rows.columnNames()).containsExactly("id", "name");
      assertThat(rows.toList())
          .containsExactly(
              Arrays.<@Nullable Object>asList(0L, "a"),
              Arrays.<@Nullable Object>asList(1L, null),
              Arrays.<@Nullable Object>asList(0L, "c"));
      assertThat(rows.nextBatch()).isEmpty();
      assertThat(server.requests.take().getPlan().getRoot()).isEqualTo(PLAN);
    }
  }

  @Test
  void noBatchAtAllIsAnEmptyTable() throws Exception {
    try (FakeServer server = FakeServer.answering(schema());
        ConnectSession session = server.connect();
        Rows rows = session.rows(PLAN)) {
      assertThat(rows.toTable()).isEqualTo("id  name\n--  ----\n");
    }
  }

  @Test
  void columnNamesComeFromArrowWhereTheServerSendsNoSchema() throws Exception {
    try (FakeServer server = FakeServer.answering(batch(arrow("a")));
        ConnectSession session = server.connect();
        Rows rows = session.rows(PLAN)) {
      assertThat(rows.schema()).isEmpty();
      assertThat(rows.columnNames()).containsExactly("id", "name");
      assertThat(rows.toList()).hasSize(1);
    }
  }

  @Test
  void tablePutsNumbersRightAndKeepsTheTerminalWhole() throws Exception {
    try (FakeServer server = FakeServer.answering(schema(), batch(arrow("a\u001b[2J", "bc")));
        ConnectSession session = server.connect();
        Rows rows = session.rows(PLAN)) {
      assertThat(rows.toTable()).isEqualTo("id  name \n--  -----\n 0  a\u00b7[2J\n 1  bc   \n");
    }
  }

  @Test
  void chunksArePutTogether() throws Exception {
    ByteString whole = arrow("a", "b");
    int half = whole.size() / 2;
    try (FakeServer server =
            FakeServer.answering(
                schema(),
                chunk(whole.substring(0, half), 0, 2),
                chunk(whole.substring(half), 1, 2),
                batch(arrow("c")));
        ConnectSession session = server.connect();
        Rows rows = session.rows(PLAN)) {
      assertThat(rows.toList()).extracting(row -> row.get(1)).containsExactly("a", "b", "c");
    }
  }

  @Test
  void startingRelationsAreWhatTheySay() throws Exception {
    try (FakeServer server = FakeServer.answering();
        ConnectSession session = server.connect()) {
      assertThat(session.sql("SELECT 1").getSql().getQuery()).isEqualTo("SELECT 1");
      assertThat(session.table("a.b").getRead().getNamedTable().getUnparsedIdentifier())
          .isEqualTo("a.b");
      assertThat(session.range(3).getRange())
          .isEqualTo(Range.newBuilder().setStart(0).setEnd(3).setStep(1).build());
      assertThat(session.range(5, -1, -2).getRange().getStep()).isEqualTo(-2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No handler found for extension", // 3.4.0, 3.5.7, 4.0.1
        "[INTERNAL_ERROR] No handler found for extension SQLSTATE: XX000", // 4.1.2
        "[CONNECT_INVALID_PLAN.NO_HANDLER_FOR_EXTENSION] The Spark Connect plan is invalid. No"
            + " handler found for extension type: type.googleapis.com/a.B SQLSTATE: 56K00", // 4.2.0
        "not implemented: extension relation",
        "Extension relations are not supported"
      })
  void serverWithoutTheExtensionIsSaidToBeOne(String text) throws Exception {
    try (FakeServer server =
            FakeServer.failing(Status.INTERNAL.withDescription(text).asRuntimeException());
        ConnectSession session = server.connect()) {
      assertThatExceptionOfType(RequestFailedException.class)
          .isThrownBy(() -> session.rows(PLAN))
          .withMessage(
              "[GRAFT_SERVER_WITHOUT_EXTENSION] The server has nothing that handles this extension."
                  + " Install Graft and the plugin's jar on it, or connect to a gateway that has"
                  + " them. The server said: "
                  + text)
          .satisfies(
              failure ->
                  assertThat(failure.errorCode()).contains("GRAFT_SERVER_WITHOUT_EXTENSION"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[GRAFT_EXTENSION_UNKNOWN] No plugin is loaded for the relation extension a.B.",
        "[UNSUPPORTED_DATASOURCE] The file extension .x is not supported"
      })
  void otherRefusalsKeepTheirCode(String text) throws Exception {
    try (FakeServer server =
            FakeServer.failing(Status.INTERNAL.withDescription(text).asRuntimeException());
        ConnectSession session = server.connect()) {
      assertThatExceptionOfType(RequestFailedException.class)
          .isThrownBy(() -> session.rows(PLAN))
          .withMessage(text)
          .satisfies(
              failure ->
                  assertThat(failure.errorCode()).contains(text.substring(1, text.indexOf(']'))));
    }
  }

  @Test
  void graftWithoutAListOfItsExtensionsIsTooOld() throws Exception {
    String text = "[GRAFT_EXTENSION_UNKNOWN] No plugin is loaded for graft.v1.ListExtensions.";
    try (FakeServer server =
            FakeServer.failing(Status.INTERNAL.withDescription(text).asRuntimeException());
        ConnectSession session = server.connect()) {
      assertThatExceptionOfType(RequestFailedException.class)
          .isThrownBy(session::extensions)
          .withMessage(
              "[GRAFT_SERVER_TOO_OLD] The server's Graft is too old for that; update it."
                  + " The server said: "
                  + text)
          .satisfies(failure -> assertThat(failure.errorCode()).contains("GRAFT_SERVER_TOO_OLD"));
    }
  }

  @Test
  void serverThatLacksTheRequestIsTooOld() throws Exception {
    try (FakeServer server = FakeServer.answering();
        ConnectSession session = server.connect()) {
      assertThatExceptionOfType(RequestFailedException.class)
          .isThrownBy(() -> session.schema(PLAN)) // The fake server knows executePlan alone.
          .withMessageStartingWith("[GRAFT_SERVER_TOO_OLD] The server does not know this request")
          .satisfies(failure -> assertThat(failure.errorCode()).contains("GRAFT_SERVER_TOO_OLD"));
    }
  }

  @Test
  void listOfExtensionsIsAskedForWithItsDescriptors() throws Exception {
    try (FakeServer server = FakeServer.answering(schema());
        ConnectSession session = server.connect();
        Rows rows = session.extensions(true)) {
      assertThat(rows.toList()).isEmpty();
      assertThat(
              server
                  .requests
                  .take()
                  .getPlan()
                  .getRoot()
                  .getExtension()
                  .unpack(ListExtensions.class)
                  .getWithDescriptors())
          .isTrue();
    }
  }

  @Test
  void missingChunkIsAnError() throws Exception {
    ByteString whole = arrow("a", "b");
    try (FakeServer server = FakeServer.answering(schema(), chunk(whole, 0, 2));
        ConnectSession session = server.connect()) {
      assertThatExceptionOfType(RequestFailedException.class)
          .isThrownBy(() -> session.rows(PLAN))
          .withMessage(
              "The server's rows are not whole: the answer ended within a batch, after 1 of its"
                  + " chunks");
    }
  }

  @Test
  void closingRowsEarlyCancelsTheRequest() throws Exception {
    try (FakeServer server = FakeServer.neverEnding(schema(), batch(arrow("a")));
        ConnectSession session = server.connect()) {
      Rows rows = session.rows(PLAN);
      assertThat(rows.nextBatch()).isPresent();
      rows.close();
      rows.close();

      assertThat(server.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
      assertThatIllegalStateException()
          .isThrownBy(rows::nextBatch)
          .withMessage("These rows are closed");
    }
  }

  @Test
  void commandWithoutAnAnswer() throws Exception {
    try (FakeServer server = FakeServer.answering();
        ConnectSession session = server.connect()) {
      assertThat(session.execute(COMMAND)).isEqualTo(new CommandAnswer.Nothing());
      assertThat(server.requests.take().getPlan().getCommand()).isEqualTo(COMMAND);
    }
  }

  @Test
  void commandThatAnswersWithRows() throws Exception {
    Relation relation = Relation.newBuilder().setRange(Range.newBuilder().setEnd(3)).build();
    try (FakeServer server =
            FakeServer.answering(
                ExecutePlanResponse.newBuilder()
                    .setSqlCommandResult(SqlCommandResult.newBuilder().setRelation(relation))
                    .build());
        ConnectSession session = server.connect()) {
      assertThat(session.execute(COMMAND)).isEqualTo(new CommandAnswer.Rows(relation));
    }
  }

  @Test
  void anAnswerThatIsNotThePromisedRowsIsRefused() throws Exception {
    NamedValues command =
        Operations.of(
                FileDescriptorSet.newBuilder()
                    .addFile(Vectors3.getDescriptor().toProto())
                    .build()
                    .toByteString())
            .operation("graft.vectors.v3.Delimited");
    try (FakeServer server = FakeServer.answering();
        ConnectSession session = server.connect()) {
      assertThatExceptionOfType(GraftInputException.class)
          .isThrownBy(() -> session.execute(command))
          .withMessageStartingWith(
              "[GRAFT_ANSWER_UNEXPECTED] The server answered graft.vectors.v3.Delimited with"
                  + " nothing, and not with the rows that its author promises");
    }
    Any message = Any.pack(Sample.getDefaultInstance());
    try (FakeServer server =
            FakeServer.answering(ExecutePlanResponse.newBuilder().setExtension(message).build());
        ConnectSession session = server.connect()) {
      assertThatExceptionOfType(GraftInputException.class)
          .isThrownBy(() -> session.execute(command))
          .withMessageContaining("with a message encoder.test.Sample, and not with the rows");
    }
    Relation rows = Relation.newBuilder().setRange(Range.newBuilder().setEnd(3)).build();
    try (FakeServer server =
            FakeServer.answering(
                ExecutePlanResponse.newBuilder()
                    .setSqlCommandResult(SqlCommandResult.newBuilder().setRelation(rows))
                    .build());
        ConnectSession session = server.connect()) {
      assertThat(session.execute(command)).isEqualTo(new CommandAnswer.Rows(rows));
    }
  }

  @Test
  void commandThatAnswersWithAMessage() throws Exception {
    Any message = Any.pack(Sample.newBuilder().setSize(7).build());
    try (FakeServer server =
            FakeServer.answering(ExecutePlanResponse.newBuilder().setExtension(message).build());
        ConnectSession session = server.connect()) {
      assertThat(session.execute(COMMAND)).isEqualTo(new CommandAnswer.Message(message));
    }
  }

  @Test
  void commandThatFailsAfterItsAnswerFails() throws Exception {
    try (FakeServer server =
            FakeServer.failing(
                Status.INTERNAL.withDescription("[GRAFT_X] no").asRuntimeException(),
                ExecutePlanResponse.newBuilder().setExtension(Any.getDefaultInstance()).build());
        ConnectSession session = server.connect()) {
      assertThatExceptionOfType(RequestFailedException.class)
          .isThrownBy(() -> session.execute(COMMAND));
    }
  }

  @Test
  void graftsCodeIsFoundBehindSparksOwn() throws Exception {
    assertThat(
            errorOf(
                Status.INTERNAL
                    .withDescription("[INTERNAL] [GRAFT_NO_PLUGIN] nobody")
                    .asRuntimeException()))
        .satisfies(
            error -> {
              assertThat(error.status()).isEqualTo(Status.Code.INTERNAL);
              assertThat(error.errorCode()).contains("GRAFT_NO_PLUGIN");
              assertThat(error).hasMessage("[INTERNAL] [GRAFT_NO_PLUGIN] nobody");
            });
  }

  @Test
  void errorClassComesFromTheStatusDetails() throws Exception {
    com.google.rpc.Status status =
        com.google.rpc.Status.newBuilder()
            .setCode(Status.Code.INTERNAL.value())
            .setMessage("Table t not found")
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setReason("org.apache.spark.sql.AnalysisException")
                        .putMetadata("errorClass", "TABLE_OR_VIEW_NOT_FOUND")
                        .build()))
            .build();

    assertThat(errorOf(StatusProto.toStatusRuntimeException(status)).errorCode())
        .contains("TABLE_OR_VIEW_NOT_FOUND");
  }

  @Test
  void errorWithoutACodeHasNone() throws Exception {
    RequestFailedException error =
        errorOf(Status.INTERNAL.withDescription("oops [3]").asRuntimeException());

    assertThat(error.errorCode()).isEmpty();
    assertThat(error).hasMessage("oops [3]");
  }

  @Test
  void unreachableServerIsNamed() {
    // Port 1 is reserved, and nothing listens there.
    try (ConnectSession session = ConnectSession.connect("sc://127.0.0.1:1")) {
      assertThatExceptionOfType(RequestFailedException.class)
          .isThrownBy(() -> session.schema(PLAN))
          .withMessageContaining("Connection refused")
          .withMessageContaining("127.0.0.1:1")
          .satisfies(e -> assertThat(e.status()).isEqualTo(Status.Code.UNAVAILABLE));
    }
  }

  private static RequestFailedException errorOf(StatusRuntimeException failure) throws Exception {
    try (FakeServer server = FakeServer.failing(failure);
        ConnectSession session = server.connect()) {
      session.rows(PLAN).close();
      throw new AssertionError("The request did not fail");
    } catch (RequestFailedException e) {
      return e;
    }
  }

  private static ExecutePlanResponse schema() {
    DataType.Struct struct =
        DataType.Struct.newBuilder()
            .addFields(DataType.StructField.newBuilder().setName("id"))
            .addFields(DataType.StructField.newBuilder().setName("name"))
            .build();
    return ExecutePlanResponse.newBuilder()
        .setSchema(DataType.newBuilder().setStruct(struct))
        .build();
  }

  private static ExecutePlanResponse batch(ByteString stream) {
    return ExecutePlanResponse.newBuilder()
        .setArrowBatch(ArrowBatch.newBuilder().setData(stream))
        .build();
  }

  private static ExecutePlanResponse chunk(ByteString part, long index, long count) {
    return ExecutePlanResponse.newBuilder()
        .setArrowBatch(
            ArrowBatch.newBuilder().setData(part).setChunkIndex(index).setNumChunksInBatch(count))
        .build();
  }

  /** A row for each name, with its position as the id. */
  private static ByteString arrow(@Nullable String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BufferAllocator allocator = new RootAllocator();
        BigIntVector ids = new BigIntVector("id", allocator);
        VarCharVector texts = new VarCharVector("name", allocator)) {
      for (int row = 0; row < names.length; row++) {
        String name = names[row];
        ids.setSafe(row, row);
        if (name != null) {
          texts.setSafe(row, name.getBytes(StandardCharsets.UTF_8));
        }
      }
      ids.setValueCount(names.length);
      texts.setValueCount(names.length);
      try (VectorSchemaRoot root = new VectorSchemaRoot(List.of(ids, texts));
          ArrowStreamWriter writer = new ArrowStreamWriter(root, null, bytes)) {
        root.setRowCount(names.length);
        writer.start();
        writer.writeBatch();
        writer.end();
      }
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }
}
