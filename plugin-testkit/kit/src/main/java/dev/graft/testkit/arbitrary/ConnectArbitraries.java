package dev.graft.testkit.arbitrary;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import net.jqwik.api.Arbitrary;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;

/**
 * Arbitraries for jqwik. Messages are made from their descriptors: every field that there is may be
 * set, with values that plans have and with odd ones, and messages nest some dozens deep. Most make
 * no sense as plans, and a server would refuse them; but clients can send such plans to plugins
 * too. No message holds an extension, since no plugin would answer it.
 *
 * <p>A message that a property fails for is shrunk: fields are left out, and nested messages take
 * their parents' places, as long as the property still fails.
 */
public final class ConnectArbitraries {
  /** How many messages there may be inside one another. */
  private static final int MESSAGES = 40;

  private ConnectArbitraries() {}

  /** Relations of every kind. */
  public static Arbitrary<Relation> relations() {
    return messages(Relation.getDefaultInstance());
  }

  /** Expressions of every kind. */
  public static Arbitrary<Expression> expressions() {
    return messages(Expression.getDefaultInstance());
  }

  /** Commands of every kind. */
  public static Arbitrary<Command> commands() {
    return messages(Command.getDefaultInstance());
  }

  /** Plans: relations, commands and whatever else a plan may be. */
  public static Arbitrary<Plan> plans() {
    return messages(Plan.getDefaultInstance());
  }

  /** Messages of a generated class. */
  public static <M extends Message> Arbitrary<M> messages(Class<M> type) {
    return messages(Internal.getDefaultInstance(type));
  }

  /**
   * Messages of the type of another.
   *
   * @param prototype its fields do not matter
   */
  public static <M extends Message> Arbitrary<M> messages(M prototype) {
    return new MessageArbitrary<>(prototype, MESSAGES);
  }

  /** Messages of a type for which there is no class. */
  public static Arbitrary<DynamicMessage> messages(Descriptor type) {
    return messages(DynamicMessage.getDefaultInstance(type));
  }

  /**
   * Schemas of up to eight columns, of all types that every line knows. Names may be empty, have
   * dots, backticks, blanks or letters of any script, and two columns may have the same. The texts
   * in {@link #messages} hold the same names, so that a message may name a column that is there.
   */
  public static Arbitrary<DataType.Struct> schemas() {
    return new SchemaArbitrary();
  }

  /**
   * Bytes that claim to be a message of a type and come from somebody who means no good: noise, and
   * messages that are cut off, have bits flipped, fields twice or of another wire type, lengths
   * that lie, or thousands of levels.
   */
  public static Arbitrary<byte[]> hostileBytes(Descriptor type) {
    return HostileBytes.of(type);
  }
}
