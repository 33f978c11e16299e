package dev.graft.spark.host;

import dev.graft.registry.Dispatched;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.wire.WireMessage;
import dev.graft.spi.Answer;
import java.util.UUID;

/**
 * Sends what a command answers. Spark gives plugins no way to do that; but the observer of the
 * execution's responses can be reached, and rows travel as the relation in a {@code
 * SqlCommandResult}, which is what clients keep of {@code spark.sql("…")}.
 */
final class CommandResponses {
  /** Turns a plugin's node into one that Spark's planner can go on with. */
  @FunctionalInterface
  interface ForPlanner {
    byte[] node(ConnectType type, byte[] node, SparkRequest request);
  }

  private final Spark spark;
  private final ForPlanner forPlanner;

  CommandResponses(Spark spark, ForPlanner forPlanner) {
    this.spark = spark;
    this.forPlanner = forPlanner;
  }

  void give(Dispatched dispatched, SparkRequest request) {
    Answer answer = dispatched.answer();
    if (answer instanceof Answer.Rows rows) {
      sendRows(
          forPlanner.node(ConnectType.RELATION, rows.relation(), request),
          dispatched.plugin(),
          request);
    } else if (answer instanceof Answer.EngineRows rows) {
      String name = "graft_rows_" + UUID.randomUUID().toString().replace('-', '_');
      spark.objects().nameIt(rows.dataset(), name);
      sendRows(namedTable(name), dispatched.plugin(), request);
    } else if (answer instanceof Answer.Message message) {
      byte[] any = WireMessage.EMPTY.with(1, message.typeUrl()).with(2, message.value()).bytes();
      send(FieldNumbers.RESPONSE_EXTENSION, any, dispatched.plugin(), request);
    } else if (answer instanceof Answer.Commands commands) {
      Object responses = responses(dispatched.plugin(), request);
      for (byte[] command : commands.commands()) {
        byte[] lowered = forPlanner.node(ConnectType.COMMAND, command, request);
        spark.planners().process(request.planner(), spark.messages().command(lowered), responses);
        request.forgetSchemas();
      }
    }
  }

  private void sendRows(byte[] relation, LoadedPlugin plugin, SparkRequest request) {
    send(
        FieldNumbers.RESPONSE_SQL_RESULT,
        WireMessage.EMPTY.with(1, relation).bytes(),
        plugin,
        request);
  }

  private void send(int field, byte[] content, LoadedPlugin plugin, SparkRequest request) {
    Object responses = responses(plugin, request);
    byte[] response =
        WireMessage.EMPTY
            .with(FieldNumbers.RESPONSE_SESSION_ID, request.sessionId())
            .with(field, content)
            .with(
                FieldNumbers.RESPONSE_OPERATION_ID, spark.planners().operationId(request.planner()))
            .with(
                FieldNumbers.RESPONSE_SERVER_SIDE_SESSION_ID,
                spark.planners().serverSessionId(request.planner()))
            .bytes();
    Handles.call(
        Handles.need(responses.getClass(), "onNext", 1),
        responses,
        spark.messages().response(response));
  }

  private Object responses(LoadedPlugin plugin, SparkRequest request) {
    return spark
        .planners()
        .responses(request.planner())
        .orElseThrow(
            () ->
                new GraftException(
                    ErrorCode.GRAFT_HOST_UNSUPPORTED,
                    plugin.describe()
                        + " answered its command, but there is no way to the client's responses in Spark "
                        + spark.line().version()
                        + (spark.line().plannersKnowNoRequest()
                            ? " unless Graft's interceptor is in spark.connect.grpc.interceptor.classes, where something has taken it"
                                + " out."
                            : " at this place.")
                        + " The command itself has been carried out."));
  }

  /** {@code Relation { read { named_table { unparsed_identifier } } }} */
  private static byte[] namedTable(String name) {
    byte[] namedTable = WireMessage.EMPTY.with(1, name).bytes();
    byte[] read = WireMessage.EMPTY.with(1, namedTable).bytes();
    return WireMessage.EMPTY.with(2, read).bytes();
  }
}
