package dev.graft.testkit;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.testkit.memory.TreePrinter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.connect.proto.Relation;
import org.opentest4j.AssertionFailedError;

/** What a command answered. Immutable. */
public final class Answered {
  private final Optional<Answer> answer;
  private final TreePrinter printer;
  private final Optional<Server> server;
  private final Optional<Relation> rows;
  private final boolean serversToo;

  Answered(
      Optional<Answer> answer,
      TreePrinter printer,
      Optional<Server> server,
      Optional<Relation> rows,
      boolean serversToo) {
    this.answer = answer;
    this.printer = printer;
    this.server = server;
    this.rows = rows;
    this.serversToo = serversToo;
  }

  /**
   * The answer as a tree for people: that of the relation whose rows it is, those of the commands
   * that it stands for, or that of its message. {@code Done} if it says nothing, {@code Native} if
   * only an engine can tell. Ends in a line feed.
   */
  public String tree() {
    if (answer.isEmpty()) {
      return "Native\n";
    } else if (answer.get() instanceof Answer.Rows known) {
      return printer.print(ConnectType.RELATION.fullName(), known.relation());
    } else if (answer.get() instanceof Answer.Commands commands) {
      return commands.commands().stream()
          .map(command -> printer.print(ConnectType.COMMAND.fullName(), command))
          .collect(Collectors.joining());
    } else if (answer.get() instanceof Answer.Message message) {
      return printer.print(Extension.messageName(message.typeUrl()), message.value());
    }
    return "Done\n";
  }

  /**
   * Compares {@link #tree}.
   *
   * @throws AssertionFailedError if it is another
   */
  public Answered hasTree(String expected) {
    Comparison.same("the answer's tree", expected, tree());
    return this;
  }

  /**
   * The message that the command answered with.
   *
   * @throws AssertionFailedError if it is no such message
   */
  public <M extends Message> M message(Parser<M> parser) {
    if (answer.isPresent() && answer.get() instanceof Answer.Message message) {
      try {
        return parser.parseFrom(message.value());
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionFailedError("The answer is another message: " + tree(), e);
      }
    }
    throw new AssertionFailedError("The command answers with no message: " + tree());
  }

  /**
   * Compares the rows that the server gave for the command, in any order. There are none in memory:
   * see {@link Lowered#hasRows}.
   *
   * @throws AssertionFailedError if there are others
   * @throws IllegalStateException if the test never runs on a server
   */
  public Answered hasRows(List<?>... expected) {
    Comparison.requireServers(serversToo);
    server.ifPresent(
        asked ->
            Comparison.sameRows(
                "the command's rows on " + asked.title(), List.of(expected), given(asked)));
    return this;
  }

  /**
   * Compares as {@link #hasRows} does, with a tolerance: see {@link Lowered#hasRowsWithin}.
   *
   * @throws AssertionFailedError if there are other rows
   * @throws IllegalArgumentException if the tolerance is negative or no number
   * @throws IllegalStateException if the test never runs on a server
   */
  public Answered hasRowsWithin(double tolerance, List<?>... expected) {
    Comparison.requireServers(serversToo);
    server.ifPresent(
        asked ->
            Comparison.sameRows(
                "the command's rows on " + asked.title(),
                tolerance,
                List.of(expected),
                given(asked)));
    return this;
  }

  private List<? extends List<?>> given(Server asked) {
    return asked.rows(
        rows.orElseThrow(
            () ->
                new AssertionFailedError(
                    asked.title() + " does not answer the command with rows.")));
  }

  @Override
  public String toString() {
    return tree();
  }
}
