package dev.graft.generate;

import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import dev.graft.generate.model.OperationKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kinds of messages that a caller gives by name. */
public final class KindOptions {
  private KindOptions() {}

  /**
   * Kinds by message.
   *
   * @param relations full names of messages
   * @param expressions full names of messages
   * @param commands full names of messages
   * @throws GenerationException with {@link Code#GRAFT_KIND_TWICE} if a message is given two kinds
   */
  public static Map<String, OperationKind> of(
      List<String> relations, List<String> expressions, List<String> commands) {
    Map<String, OperationKind> kinds = new LinkedHashMap<>();
    relations.forEach(name -> put(kinds, name, OperationKind.RELATION));
    expressions.forEach(name -> put(kinds, name, OperationKind.EXPRESSION));
    commands.forEach(name -> put(kinds, name, OperationKind.COMMAND));
    return kinds;
  }

  static void put(Map<String, OperationKind> kinds, String message, OperationKind kind) {
    OperationKind other = kinds.putIfAbsent(message, kind);
    if (other != null && other != kind) {
      throw new GenerationException(
          Code.GRAFT_KIND_TWICE,
          message + " was given as " + other + " and as " + kind + ". Give it one kind.");
    }
  }
}
