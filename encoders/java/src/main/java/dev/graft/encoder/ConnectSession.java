package dev.graft.encoder;

import com.google.protobuf.Message;
import dev.graft.catalog.v1.ListExtensions;
import dev.graft.catalog.v1.ServerStatus;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Read;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.ReleaseSessionRequest;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc.SparkConnectServiceBlockingStub;
import org.apache.spark.connect.proto.UserContext;
import org.jspecify.annotations.Nullable;

/**
 * A session on a Spark Connect server, from Spark 3.4 to 4.2, or on a gateway before one: sends
 * plans and reads what comes back. It retries nothing and caches nothing.
 *
 * <p>Safe for use by several threads; each {@link Rows} it returns is for one thread at a time.
 */
public final class ConnectSession implements AutoCloseable {
  /** How long {@link #close} waits for the server, in seconds. */
  private static final long CLOSING_SECONDS = 5;

  private final SparkConnectServiceBlockingStub stub;
  private final String sessionId;
  private final UserContext user;
  private final String userAgent;
  private final @Nullable ManagedChannel ownChannel;

  private ConnectSession(
      Channel channel,
      String sessionId,
      String userId,
      String userAgent,
      @Nullable ManagedChannel ownChannel) {
    this.stub = SparkConnectServiceGrpc.newBlockingStub(channel);
    this.sessionId = sessionId;
    this.user = UserContext.newBuilder().setUserId(userId).setUserName(userId).build();
    this.userAgent = userAgent;
    this.ownChannel = ownChannel;
  }

  /**
   * Opens a session. The server is not called yet: one that cannot be reached shows with the first
   * request.
   *
   * @param connectionString {@code sc://host:port/;name=value;…} as Spark's own clients take it.
   *     Port 15002 if there is none. Names: {@code user_id} (the system's user), {@code token} (a
   *     bearer token; implies TLS, but for localhost), {@code use_ssl} ({@code true} or {@code
   *     false}; with a token {@code false} is accepted for the same machine only), {@code
   *     session_id} (a UUID), {@code user_agent}, {@code grpc_max_message_size} (bytes, 128 MiB).
   *     Every other name is sent as a header with each request. Values are percent-decoded.
   * @throws IllegalArgumentException if the string has another shape; the text says where, and
   *     holds no token
   */
  public static ConnectSession connect(String connectionString) {
    ConnectionString target = ConnectionString.parse(connectionString);
    ManagedChannel channel = ConnectChannel.to(target);
    return new ConnectSession(
        channel, target.sessionId(), target.userId(), target.userAgent(), channel);
  }

  /**
   * Opens a session over a channel of the caller's, who also shuts it down.
   *
   * @param userId whom the server shall take the client for
   */
  public static ConnectSession over(Channel channel, String userId) {
    return new ConnectSession(
        channel, UUID.randomUUID().toString(), userId, "graft-encoder-java", null);
  }

  /** The session's UUID, by which the server tells it from others of the same user. */
  public String sessionId() {
    return sessionId;
  }

  /**
   * A relation of what a query gives. Nothing is sent yet, and the relation may be used in other
   * sessions.
   *
   * @param query one statement of Spark's SQL that gives rows
   */
  public Relation sql(String query) {
    return Relation.newBuilder().setSql(SQL.newBuilder().setQuery(query)).build();
  }

  /**
   * A relation of a table's or a view's rows. Nothing is sent yet.
   *
   * @param name as it stands in SQL: parts separated by dots, in backquotes where needed
   */
  public Relation table(String name) {
    return Relation.newBuilder()
        .setRead(
            Read.newBuilder()
                .setNamedTable(Read.NamedTable.newBuilder().setUnparsedIdentifier(name)))
        .build();
  }

  /** A relation of one column, {@code id}, with the numbers from 0 to {@code end - 1}. */
  public Relation range(long end) {
    return range(0, end, 1);
  }

  /**
   * A relation of one column, {@code id}, with the numbers from {@code start} on.
   *
   * @param end the first number that is not among them
   * @param step from one number to the next; not 0
   */
  public Relation range(long start, long end, long step) {
    return Relation.newBuilder()
        .setRange(Range.newBuilder().setStart(start).setEnd(end).setStep(step))
        .build();
  }

  /**
   * Asks the server which extensions it has: kind, name, message, plugin, jar, version and
   * documentation of each, as strings, and {@code descriptors}, which is null.
   *
   * @return the rows, which the caller must close
   * @throws RequestFailedException with the code {@code GRAFT_SERVER_WITHOUT_EXTENSION} if the
   *     server has no Graft, {@code GRAFT_SERVER_TOO_OLD} if its Graft has no list
   */
  public Rows extensions() {
    return extensions(false);
  }

  /**
   * Asks the server which extensions it has, and with which descriptors.
   *
   * @param withDescriptors whether the column {@code descriptors} holds what {@link
   *     Operations#of(byte[])} reads, where the plugin has it
   * @return the rows, which the caller must close
   * @throws RequestFailedException as {@link #extensions()} does
   */
  public Rows extensions(boolean withDescriptors) {
    return told(ListExtensions.newBuilder().setWithDescriptors(withDescriptors).build());
  }

  /**
   * Asks the server what it has loaded and what came of it. A later server may have more columns.
   *
   * @param table {@code PLUGINS}: a row for each message of each plugin, with how many calls it was
   *     offered, accepted, declined and failed since it was first loaded, how long they took, and
   *     bytes; {@code REFUSED}: what the server has not loaded; {@code FAILURES}: the last requests
   *     of this session that were refused
   * @return the rows, which the caller must close
   * @throws RequestFailedException as {@link #extensions()} does
   */
  public Rows status(ServerStatus.Table table) {
    return told(ServerStatus.newBuilder().setTable(table).build());
  }

  /** What a server tells of itself. */
  private Rows told(Message question) {
    try {
      return rows(Extensions.relation(question));
    } catch (RequestFailedException e) {
      throw e.withoutCatalogue();
    }
  }

  /**
   * Runs a relation and waits until its first rows are there, or the server has refused it.
   *
   * @return the rows, which the caller must close
   * @throws RequestFailedException if the server refuses the plan or cannot be reached
   * @throws IllegalStateException if Java was started without what Arrow needs; see the package's
   *     description
   */
  public Rows rows(Relation relation) {
    return Rows.open(run(Plan.newBuilder().setRoot(relation).build()));
  }

  /**
   * Asks for the schema of a relation without running it.
   *
   * @return a struct type
   * @throws RequestFailedException if the server refuses the plan or cannot be reached
   */
  public DataType schema(Relation relation) {
    Plan plan = Plan.newBuilder().setRoot(relation).build();
    AnalyzePlanRequest request =
        AnalyzePlanRequest.newBuilder()
            .setSessionId(sessionId)
            .setUserContext(user)
            .setClientType(userAgent)
            .setSchema(AnalyzePlanRequest.Schema.newBuilder().setPlan(plan))
            .build();
    try {
      return stub.analyzePlan(request).getSchema().getSchema();
    } catch (StatusRuntimeException e) {
      throw new RequestFailedException(e);
    }
  }

  /**
   * Runs a command to its end.
   *
   * @throws RequestFailedException if the server refuses the command, if it fails, or if the server
   *     cannot be reached
   */
  public CommandAnswer execute(Command command) {
    CommandAnswer answer = new CommandAnswer.Nothing();
    try (ResponseStream responses = run(Plan.newBuilder().setCommand(command).build())) {
      // Read to the end even after an answer, since an error may follow it.
      for (Optional<ExecutePlanResponse> next = responses.next();
          next.isPresent();
          next = responses.next()) {
        ExecutePlanResponse response = next.get();
        if (response.hasSqlCommandResult()) {
          answer = new CommandAnswer.Rows(response.getSqlCommandResult().getRelation());
        } else if (response.hasExtension()) {
          answer = new CommandAnswer.Message(response.getExtension());
        }
      }
    }
    return answer;
  }

  /**
   * Runs the command that a message stands for to its end.
   *
   * @throws RequestFailedException as {@link #execute(Command)} does
   * @throws GraftInputException if values are missing or wrong, and {@code GRAFT_ANSWER_UNEXPECTED}
   *     if the message's author promises rows and the answer is none
   */
  public CommandAnswer execute(NamedValues values) {
    CommandAnswer answer = execute(values.command());
    values.checkPromise(answer);
    return answer;
  }

  /**
   * Adds a jar to the session. From the next request on the session, and no other, has the jar's
   * plugins, where the server lets sessions bring any ({@code spark.graft.sessions.plugins}, in a
   * gateway {@code graft.sessions.plugins}).
   *
   * <p>The server knows the jar by its file name, and refuses other bytes under a name that the
   * session has already ({@code ARTIFACT_ALREADY_EXISTS}): a newer version takes another file name.
   * A gateway that does not let a jar in refuses it here, with a code such as {@code
   * GRAFT_JAR_UNTRUSTED}; inside Spark the first request that needs its plugins is refused instead.
   *
   * @param jar a file whose name ends in {@code .jar}
   * @throws IOException if the file cannot be read
   * @throws GraftInputException {@code GRAFT_JAR_INVALID} if the name ends otherwise; then nothing
   *     was sent
   * @throws RequestFailedException if the server refuses the jar, if it does not get it as it is,
   *     or if it cannot be reached
   */
  public void addJar(Path jar) throws IOException {
    AddArtifactsRequest request =
        AddArtifactsRequest.newBuilder()
            .setSessionId(sessionId)
            .setUserContext(user)
            .setClientType(userAgent)
            .build();
    new ConnectUpload(jar, request).send(stub);
  }

  private ResponseStream run(Plan plan) {
    return new ResponseStream(
        stub,
        ExecutePlanRequest.newBuilder()
            .setSessionId(sessionId)
            .setUserContext(user)
            .setClientType(userAgent)
            .setPlan(plan)
            .build());
  }

  /**
   * Gives the session back to the server, where it knows that request (Spark 4.0 and later), and
   * closes the connection. Rows that are still being read fail. Waits at most ten seconds.
   */
  @Override
  public void close() {
    release();
    if (ownChannel != null) {
      ConnectChannel.close(ownChannel, CLOSING_SECONDS);
    }
  }

  private void release() {
    try {
      var unused =
          stub.withDeadlineAfter(CLOSING_SECONDS, TimeUnit.SECONDS)
              .releaseSession(
                  ReleaseSessionRequest.newBuilder()
                      .setSessionId(sessionId)
                      .setUserContext(user)
                      .setClientType(userAgent)
                      .build());
    } catch (StatusRuntimeException e) {
      // Spark 3.x does not know the request, and a server that is gone holds no session.
    }
  }
}
