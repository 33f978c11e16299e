package dev.graft.api.node;

import java.util.Map;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.CreateDataFrameViewCommand;

/** Standard commands, for {@code CommandResult.commands}. */
public final class CommandNodes {
  private CommandNodes() {}

  /** Gives a relation a name in the session, in place of one that had it. */
  public static Command createTempView(String name, RelationNode relation) {
    return view(name, relation, false);
  }

  /** Gives a relation a name in all sessions, as {@code global_temp.name}, in place of another. */
  public static Command createGlobalTempView(String name, RelationNode relation) {
    return view(name, relation, true);
  }

  private static Command view(String name, RelationNode relation, boolean global) {
    CreateDataFrameViewCommand view =
        CreateDataFrameViewCommand.newBuilder()
            .setInput(relation.build())
            .setName(name)
            .setIsGlobal(global)
            .setReplace(true)
            .build();
    return Command.newBuilder().setCreateDataframeView(view).build();
  }

  /** Runs a SQL statement. The text must not be put together from what a client sent. */
  public static Command sql(String statement) {
    return sql(statement, Map.of());
  }

  /**
   * Runs a SQL statement with arguments for its {@code :name} markers. Literals are understood
   * since Spark 3.4, other expressions since Spark 4.0.
   *
   * @param arguments expressions, or values that {@link Nodes#literal} takes
   */
  public static Command sql(String statement, Map<String, ?> arguments) {
    return Command.newBuilder().setSqlCommand(SqlText.command(statement, arguments)).build();
  }

  /** Starts to write a relation. */
  public static WriteClause write(RelationNode relation) {
    return WriteClause.of(relation);
  }
}
