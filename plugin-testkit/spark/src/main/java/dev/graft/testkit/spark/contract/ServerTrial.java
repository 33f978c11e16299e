package dev.graft.testkit.spark.contract;

import dev.graft.api.node.Nodes;
import dev.graft.spi.ExtensionKind;
import dev.graft.testkit.Server;
import dev.graft.testkit.contract.Sample;
import dev.graft.testkit.contract.TimeLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Relation;

/** Asks a server in one session, as a client does. */
record ServerTrial(Server server) {
  /** How many rows are read: a plugin may be asked for millions, and the first ones suffice. */
  private static final int MOST_ROWS = 1_000;

  /** A server answers within milliseconds; this is for a machine that is very busy. */
  private static final Duration MOST_TIME = Duration.ofSeconds(60);

  /** Has a relation or an expression analysed, and a command carried out. */
  ServerOutcome analyse(Sample sample) {
    return ask(sample, false);
  }

  /** As {@link #analyse(Sample)}, and asks for the rows of the answer. */
  ServerOutcome run(Sample sample) {
    return ask(sample, true);
  }

  private ServerOutcome ask(Sample sample, boolean withRows) {
    return outcome(
        () -> {
          if (sample.kind() != ExtensionKind.COMMAND) {
            return answer(Inputs.relation(sample), withRows);
          }
          Optional<Relation> rows =
              server.execute(Command.newBuilder().setExtension(Inputs.any(sample)).build());
          return rows.map(relation -> answer(relation, withRows))
              .orElseGet(
                  () ->
                      new ServerOutcome.Answered(DataType.Struct.getDefaultInstance(), List.of()));
        });
  }

  /** Asks for the schema of a relation. */
  ServerOutcome analyse(Relation relation) {
    return outcome(() -> answer(relation, false));
  }

  /** The first column of all rows, line by line. */
  String text(Relation relation) {
    return TimeLimit.call(
        MOST_TIME,
        () -> {
          StringBuilder text = new StringBuilder();
          server.rows(relation).forEach(row -> text.append(row.get(0)).append('\n'));
          return text.toString();
        });
  }

  private ServerOutcome.Answered answer(Relation relation, boolean withRows) {
    DataType.Struct columns = server.schema(relation);
    List<String> rows =
        withRows
            ? server.rows(Nodes.relation(relation).limit(MOST_ROWS).build()).stream()
                .map(RowText::of)
                .sorted()
                .toList()
            : List.of();
    return new ServerOutcome.Answered(columns, rows);
  }

  private static ServerOutcome outcome(Supplier<ServerOutcome> request) {
    return TimeLimit.call(
        MOST_TIME,
        () -> {
          try {
            return request.get();
          } catch (Server.Refusal refusal) {
            return new ServerOutcome.Refused(refusal);
          }
        });
  }
}
