package dev.graft.encoder;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.graft.annotations.Annotations;
import dev.graft.encoder.GraftInputException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.jspecify.annotations.Nullable;

/**
 * The values of a message's fields, by name, and what they make: the extension's bytes, and the
 * relation, expression or command around them. Made by {@link Operations#operation}. They are
 * checked as a whole when something is made of them, which changes nothing here. Not safe for use
 * by several threads.
 *
 * <p>Values by the type of the field; collections of them for repeated fields ({@code Iterable})
 * and maps ({@code Map}):
 *
 * <ul>
 *   <li>whole numbers: {@code Byte} to {@code Long} or {@code BigInteger}, within the type's range;
 *       unsigned ones are not negative
 *   <li>{@code float}, {@code double}: any {@code Number}; rounded to the nearest
 *   <li>{@code bool}: {@code Boolean}; {@code string}: {@code CharSequence}; {@code bytes}: {@code
 *       ByteString} or {@code byte[]}
 *   <li>enums: the value's name, its number, or a Java enum constant of the same name
 *   <li>messages: a {@code Map} of the fields by name, other {@code NamedValues}, or a protobuf
 *       message of that type
 *   <li>relations, expressions, plans and bytes that hold them: a Connect message, its bytes,
 *       {@code NamedValues} (packed as an extension), a {@link SerializedInput}, a {@link
 *       RelationInput} or {@link ExpressionInput}, what an {@link InputReader} reads; a {@code
 *       String} names a column
 *   <li>{@code Timestamp}: {@code Instant}; {@code Duration}: {@code java.time.Duration}; {@code
 *       FieldMask}: a list of paths; wrappers: what they wrap; {@code Struct}, {@code ListValue},
 *       {@code Value}: maps, lists, texts, numbers, truth values, null; {@code Any}: a protobuf
 *       message or {@code NamedValues}, packed, or an {@code Any}
 * </ul>
 *
 * <p>Null is the same as not given.
 */
public final class NamedValues {
  private final Descriptor type;
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  NamedValues(Descriptor type) {
    this.type = type;
  }

  /**
   * Gives a field its value, in place of an earlier one.
   *
   * @param field the name in the proto file
   * @return this
   * @throws GraftInputException {@code GRAFT_FIELD_UNKNOWN} if the message has no such field. The
   *     value is checked later.
   */
  public NamedValues with(String field, @Nullable Object value) {
    if (type.findFieldByName(field) == null) {
      throw FieldPath.unknown(type, field);
    }
    values.put(field, value);
    return this;
  }

  /** Gives several fields their values, as {@link #with} does. */
  public NamedValues withAll(Map<String, ? extends @Nullable Object> fields) {
    fields.forEach(this::with);
    return this;
  }

  /** The full name of the message. */
  public String messageName() {
    return type.getFullName();
  }

  /** The type URL under which the message is sent. */
  public String typeUrl() {
    return Extensions.TYPE_URL_PREFIX + type.getFullName();
  }

  /**
   * The message, serialised: equal values give equal bytes, in every language's encoder.
   *
   * @throws GraftInputException if values are missing, wrong, or of two sessions
   */
  public ByteString bytes() {
    return bytes(new Inputs());
  }

  ByteString bytes(Inputs inputs) {
    return new MessageEncoder(inputs).encode(type, values, FieldPath.root(type));
  }

  /**
   * The message with the session of its inputs.
   *
   * @throws GraftInputException as {@link #bytes()} does
   */
  public Encoded encoded() {
    Inputs inputs = new Inputs();
    ByteString bytes = bytes(inputs);
    return new Encoded(typeUrl(), bytes, inputs.session());
  }

  /**
   * A message ready to be packed.
   *
   * @param typeUrl the type URL
   * @param bytes the message, serialised
   * @param session the session that its inputs belong to, by identity; empty if they belong to none
   */
  public record Encoded(String typeUrl, ByteString bytes, Optional<Object> session) {}

  /**
   * The message, packed.
   *
   * @throws GraftInputException as {@link #bytes()} does
   */
  public Any any() {
    return Any.newBuilder().setTypeUrl(typeUrl()).setValue(bytes()).build();
  }

  /**
   * A relation that the message stands for.
   *
   * @throws GraftInputException as {@link #bytes()} does
   */
  public Relation relation() {
    return Extensions.relation(typeUrl(), bytes());
  }

  /**
   * An expression that the message stands for.
   *
   * @throws GraftInputException as {@link #bytes()} does
   */
  public Expression expression() {
    return Extensions.expression(typeUrl(), bytes());
  }

  /**
   * A command that the message stands for.
   *
   * @throws GraftInputException as {@link #bytes()} does
   */
  public Command command() {
    return Extensions.command(typeUrl(), bytes());
  }

  /**
   * Checks what a command of this message has answered.
   *
   * @throws GraftInputException {@code GRAFT_ANSWER_UNEXPECTED} if the message's author promises
   *     rows, by {@code (graft.operation).rows}, and the answer is none
   */
  public void checkPromise(Answer answer) {
    if (type.getOptions().getExtension(Annotations.operation).getRows() && !answer.isRows()) {
      throw new GraftInputException(
          Code.GRAFT_ANSWER_UNEXPECTED,
          "The server answered "
              + messageName()
              + " with "
              + answer
                  .packedMessage()
                  .map(message -> "a message " + Operations.nameOf(message))
                  .orElse("nothing")
              + ", and not with the rows that its author promises: another plugin has taken it, or"
              + " its own is of another version than these descriptors");
    }
  }

  static ByteString deterministic(Message message) {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory does not fail so.
    }
    return bytes.toByteString();
  }

  @Override
  public String toString() {
    return type.getFullName() + values.keySet();
  }
}
