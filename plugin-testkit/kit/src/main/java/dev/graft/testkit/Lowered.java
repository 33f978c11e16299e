package dev.graft.testkit;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.testkit.memory.TreePrinter;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.opentest4j.AssertionFailedError;

/** What became of an extension, or of a plan with extensions in it. Immutable. */
public final class Lowered {
  private final ConnectType type;
  private final byte[] sent;
  private final byte[] lowered;
  private final TreePrinter printer;
  private final Optional<Server> server;
  private final boolean serversToo;

  Lowered(
      ConnectType type,
      byte[] sent,
      byte[] lowered,
      TreePrinter printer,
      Optional<Server> server,
      boolean serversToo) {
    this.type = type;
    this.sent = sent;
    this.lowered = lowered;
    this.printer = printer;
    this.server = server;
    this.serversToo = serversToo;
  }

  /** The plan as a tree for people: a line for each field that is set. Ends in a line feed. */
  public String tree() {
    return printer.print(type.fullName(), lowered);
  }

  /** The plan's bytes. */
  public byte[] bytes() {
    return lowered.clone();
  }

  /**
   * The plan, of a relation.
   *
   * @throws IllegalStateException if it is none
   */
  public Relation relation() {
    try {
      require(ConnectType.RELATION);
      return Relation.parseFrom(lowered);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionFailedError("The plugin answers with what is no relation: " + tree(), e);
    }
  }

  /**
   * The plan, of an expression.
   *
   * @throws IllegalStateException if it is none
   */
  public Expression expression() {
    try {
      require(ConnectType.EXPRESSION);
      return Expression.parseFrom(lowered);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionFailedError("The plugin answers with what is no expression: " + tree(), e);
    }
  }

  private void require(ConnectType wanted) {
    if (type != wanted) {
      throw new IllegalStateException(
          "This is a " + type.fullName() + ", not a " + wanted.fullName() + ".");
    }
  }

  /**
   * Compares {@link #tree}.
   *
   * @throws AssertionFailedError if it is another
   */
  public Lowered hasTree(String expected) {
    Comparison.same("the plan's tree", expected, tree());
    return this;
  }

  /**
   * Compares the rows that the extension gives, in any order, and those that the lowered plan
   * gives. There are no rows in memory: the comparison is made when the test runs on a server.
   *
   * @param expected a list of values for each row, as {@code List.of("Bonn", 330)}; {@code
   *     Arrays.asList} where there are nulls
   * @throws AssertionFailedError if there are others
   * @throws IllegalStateException if the test never runs on a server
   */
  public Lowered hasRows(List<?>... expected) {
    require(ConnectType.RELATION);
    Comparison.requireServers(serversToo);
    if (server.isPresent()) {
      String title = server.get().title();
      Comparison.sameRows(
          "the extension's rows on " + title, List.of(expected), server.get().rows(sentRelation()));
      Comparison.sameRows(
          "the lowered plan's rows on " + title, List.of(expected), server.get().rows(relation()));
    }
    return this;
  }

  /**
   * Compares as {@link #hasRows} does, but two doubles, or two floats, are the same if they differ
   * by no more than the tolerance; also inside lists.
   *
   * @param tolerance 0 or more
   * @throws AssertionFailedError if there are other rows
   * @throws IllegalArgumentException if the tolerance is negative or no number
   * @throws IllegalStateException if the test never runs on a server
   */
  public Lowered hasRowsWithin(double tolerance, List<?>... expected) {
    require(ConnectType.RELATION);
    Comparison.requireServers(serversToo);
    if (server.isPresent()) {
      String title = server.get().title();
      Comparison.sameRows(
          "the extension's rows on " + title,
          tolerance,
          List.of(expected),
          server.get().rows(sentRelation()));
      Comparison.sameRows(
          "the lowered plan's rows on " + title,
          tolerance,
          List.of(expected),
          server.get().rows(relation()));
    }
    return this;
  }

  private Relation sentRelation() {
    try {
      return Relation.parseFrom(sent);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  void hasSchemaOf(Relation extension, Server asked) {
    DataType.Struct ofLowered = asked.schema(relation());
    DataType.Struct ofExtension = asked.schema(extension);
    Comparison.same(
        "the schema of the extension on " + asked.title() + ", by that of the plan it stands for",
        ofLowered.toString(),
        ofExtension.toString());
  }

  @Override
  public String toString() {
    return tree();
  }
}
