package dev.graft.encoder.spark;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.graft.encoder.GraftInputException;
import dev.graft.encoder.GraftInputException.Code;
import dev.graft.encoder.SerializedInput;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Function1;
import scala.collection.Iterable;
import scala.collection.Iterator;
import scala.runtime.BoxedUnit;

/**
 * What of Spark's client is needed, looked up once. The messages here are the client's own, of its
 * own copy of protobuf, and are nothing but objects to this class.
 */
final class SparkClient {
  private static final String PROTO = "org.apache.spark.connect.proto.";

  private final Class<?> sessionType;
  private final Class<?> datasetType;
  private final ColumnCalls columns;
  private final Call newDataFrame;
  private final Call execute;
  private final Call plan;
  private final Call sessionOfDataset;
  private final Call hasRoot;
  private final Call root;
  private final Call bytesOfRelation;
  private final Call bytesOfExpression;
  private final Call mergeRelation;
  private final Call parseExpression;
  private final Call parseCommand;
  private final Call hasRows;
  private final Call rows;
  private final Call relationOfRows;
  private final Call hasMessage;
  private final Call message;
  private final Call bytesOfMessage;

  private SparkClient(ClassLoader client) throws ReflectiveOperationException {
    Class<?> relation = client.loadClass(PROTO + "Relation");
    Class<?> expression = client.loadClass(PROTO + "Expression");
    Class<?> command = client.loadClass(PROTO + "Command");
    Class<?> planType = client.loadClass(PROTO + "Plan");
    Class<?> response = client.loadClass(PROTO + "ExecutePlanResponse");
    Class<?> rowsType = client.loadClass(PROTO + "ExecutePlanResponse$SqlCommandResult");
    // From 4.0 on what users name is a front for two kinds of Spark.
    sessionType = orElse(client, "org.apache.spark.sql.connect.SparkSession", SparkSession.class);
    datasetType = orElse(client, "org.apache.spark.sql.connect.Dataset", Dataset.class);
    columns = ColumnCalls.of(client, expression);
    newDataFrame = Call.method(sessionType, "newDataFrame", Function1.class);
    execute = Call.method(sessionType, "execute", command);
    plan = Call.method(datasetType, "plan");
    sessionOfDataset = Call.method(datasetType, "sparkSession");
    hasRoot = Call.method(planType, "hasRoot");
    root = Call.method(planType, "getRoot");
    bytesOfRelation = Call.method(relation, "toByteArray");
    bytesOfExpression = Call.method(expression, "toByteArray");
    mergeRelation =
        Call.method(client.loadClass(PROTO + "Relation$Builder"), "mergeFrom", byte[].class);
    parseExpression = Call.method(expression, "parseFrom", byte[].class);
    parseCommand = Call.method(command, "parseFrom", byte[].class);
    hasRows = Call.method(response, "hasSqlCommandResult");
    rows = Call.method(response, "getSqlCommandResult");
    relationOfRows = Call.method(rowsType, "getRelation");
    hasMessage = Call.method(response, "hasExtension");
    message = Call.method(response, "getExtension");
    bytesOfMessage = Call.method(response.getMethod("getExtension").getReturnType(), "toByteArray");
  }

  private static Class<?> orElse(ClassLoader client, String name, Class<?> other) {
    try {
      return client.loadClass(name);
    } catch (ClassNotFoundException e) {
      return other;
    }
  }

  /** Lazily, and once: what fails to be found will not appear later. */
  private static final class Found {
    private static final Object CLIENT = find();

    private static Object find() {
      try {
        return new SparkClient(SparkSession.class.getClassLoader());
      } catch (ReflectiveOperationException | LinkageError e) {
        return e;
      }
    }
  }

  /**
   * The client on the class path.
   *
   * @throws GraftInputException {@code GRAFT_CLIENT_UNSUPPORTED} if there is none that has what is
   *     needed
   */
  static SparkClient get() {
    if (Found.CLIENT instanceof SparkClient client) {
      return client;
    }
    Throwable why = (Throwable) Found.CLIENT;
    throw new GraftInputException(
        Code.GRAFT_CLIENT_UNSUPPORTED,
        "This is not the Connect client of Spark 3.5 or 4.x: "
            + why
            + ". Put spark-connect-client-jvm on the class path, and connect-messages off it",
        why);
  }

  @SuppressWarnings("unchecked") // newDataFrame makes rows.
  Dataset<Row> dataFrame(SparkSession session, byte[] relation) {
    Function1<Object, BoxedUnit> fill =
        builder -> {
          var unused = mergeRelation.with(builder, relation);
          return BoxedUnit.UNIT;
        };
    return (Dataset<Row>) newDataFrame.with(connected(session), fill);
  }

  Column column(byte[] expression) {
    return columns.column(parseExpression.with((Object) expression));
  }

  SparkAnswer execute(SparkSession session, byte[] command) {
    SparkAnswer answer = new SparkAnswer.Nothing();
    Object responses = execute.with(connected(session), parseCommand.with((Object) command));
    Iterator<?> each = ((Iterable<?>) responses).iterator();
    while (each.hasNext()) {
      Object response = each.next();
      if (hasRows.isTrue(response)) {
        byte[] relation = bytesOfRelation.bytes(relationOfRows.with(rows.with(response)));
        answer = new SparkAnswer.Rows(dataFrame(session, relation));
      } else if (hasMessage.isTrue(response)) {
        answer = new SparkAnswer.Message(any(bytesOfMessage.bytes(message.with(response))));
      }
    }
    return answer;
  }

  private static Any any(byte[] bytes) {
    try {
      return Any.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new GraftInputException(
          Code.GRAFT_BYTES_INVALID, "The command's answer is not readable: " + e.getMessage(), e);
    }
  }

  SerializedInput input(Dataset<?> dataset) {
    if (!datasetType.isInstance(dataset)) {
      throw notConnected(dataset);
    }
    Object itsPlan = plan.with(dataset);
    if (!hasRoot.isTrue(itsPlan)) {
      throw new GraftInputException(
          Code.GRAFT_FIELD_TYPE, "The DataFrame stands for a command, and has no relation");
    }
    return new SerializedInput(
        SerializedInput.Kind.RELATION,
        ByteString.copyFrom(bytesOfRelation.bytes(root.with(itsPlan))),
        sessionOfDataset.with(dataset));
  }

  SerializedInput input(Column column) {
    return new SerializedInput(
        SerializedInput.Kind.EXPRESSION,
        ByteString.copyFrom(bytesOfExpression.bytes(columns.expression(column))),
        null);
  }

  private SparkSession connected(SparkSession session) {
    if (!sessionType.isInstance(session)) {
      throw notConnected(session);
    }
    return session;
  }

  private static GraftInputException notConnected(Object value) {
    return new GraftInputException(
        Code.GRAFT_CLIENT_UNSUPPORTED,
        "A "
            + value.getClass().getName()
            + " does not belong to a Connect session, and so cannot carry an extension. Make the"
            + " session with SparkSession.builder().remote(\"sc://…\")");
  }
}
