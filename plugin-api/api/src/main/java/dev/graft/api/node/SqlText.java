package dev.graft.api.node;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.SqlCommand;

/**
 * SQL text and its arguments. Spark 4.0 brought fields for arguments that are any expression and
 * deprecated those for literals, but the older servers know only the latter and the newer ones
 * still read them; so literals go where every line finds them.
 */
@SuppressWarnings("deprecation")
final class SqlText {
  private SqlText() {}

  static SQL query(String text, Map<String, ?> arguments) {
    SQL.Builder sql = SQL.newBuilder().setQuery(text);
    Map<String, Expression> named = new TreeMap<>();
    arguments.forEach((name, value) -> named.put(name, Nodes.literal(value).build()));
    if (named.values().stream().allMatch(Expression::hasLiteral)) {
      named.forEach((name, argument) -> sql.putArgs(name, argument.getLiteral()));
    } else {
      sql.putAllNamedArguments(named);
    }
    return sql.build();
  }

  static SQL query(String text, List<?> arguments) {
    SQL.Builder sql = SQL.newBuilder().setQuery(text);
    List<Expression> inOrder =
        arguments.stream().map(value -> Nodes.literal(value).build()).toList();
    if (inOrder.stream().allMatch(Expression::hasLiteral)) {
      inOrder.forEach(argument -> sql.addPosArgs(argument.getLiteral()));
    } else {
      sql.addAllPosArguments(inOrder);
    }
    return sql.build();
  }

  static SqlCommand command(String text, Map<String, ?> arguments) {
    SQL sql = query(text, arguments);
    SqlCommand.Builder command = SqlCommand.newBuilder().setSql(text);
    command.putAllArgs(sql.getArgsMap());
    if (command.getArgsMap().size() < arguments.size()) {
      command.putAllNamedArguments(sql.getNamedArgumentsMap());
    }
    return command.build();
  }
}
