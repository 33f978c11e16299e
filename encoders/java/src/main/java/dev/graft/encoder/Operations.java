package dev.graft.encoder;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.graft.annotations.Annotations;
import dev.graft.encoder.GraftInputException.Code;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a descriptor set, ready to be filled with values and sent. Immutable and safe for
 * use by several threads; linking a set takes some milliseconds, so keep one.
 */
public final class Operations {
  private final Map<String, Descriptor> messages = new TreeMap<>();

  private Operations(List<FileDescriptor> files) {
    files.forEach(file -> file.getMessageTypes().forEach(this::add));
  }

  private void add(Descriptor message) {
    messages.put(message.getFullName(), message);
    message.getNestedTypes().forEach(this::add);
  }

  /**
   * Reads a descriptor set.
   *
   * @param descriptorSet a serialised {@code google.protobuf.FileDescriptorSet}, in any order. It
   *     may leave out files of protobuf, of Spark and {@code graft/annotations.proto}, and may come
   *     from a server.
   * @throws GraftInputException {@code GRAFT_DESCRIPTORS_INVALID} if it is none, or its files do
   *     not fit together
   */
  public static Operations of(ByteString descriptorSet) {
    return new Operations(DescriptorFiles.link(descriptorSet));
  }

  /** As {@link #of(ByteString)} does. */
  public static Operations of(byte[] descriptorSet) {
    return of(ByteString.copyFrom(descriptorSet));
  }

  /**
   * As {@link #of(ByteString)} does, from base64 in pieces: a constant of a class file holds 65,535
   * bytes at most.
   */
  public static Operations ofBase64(String... pieces) {
    try {
      return of(Base64.getDecoder().decode(String.join("", pieces)));
    } catch (GraftInputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new GraftInputException(
          Code.GRAFT_DESCRIPTORS_INVALID, "The descriptors are not base64: " + e.getMessage(), e);
    }
  }

  /** The full names of the messages that their authors have marked as extensions, in order. */
  public List<String> names() {
    return messages.values().stream()
        .filter(message -> message.getOptions().hasExtension(Annotations.operation))
        .map(Descriptor::getFullName)
        .toList();
  }

  /**
   * An empty message, to be given values: an extension, marked or not, or one to be nested in
   * another.
   *
   * @param message its full name, such as {@code acme.v1.TopK}
   * @throws GraftInputException {@code GRAFT_MESSAGE_UNKNOWN} if there is none of that name
   */
  public NamedValues operation(String message) {
    return new NamedValues(descriptor(message));
  }

  /**
   * Decodes a message. Values are those that {@link NamedValues} describes, with {@code Integer}
   * for signed and {@code Long} for unsigned 32-bit numbers, {@code Long} for signed and {@code
   * BigInteger} for unsigned 64-bit numbers, {@code String} for enums ({@code Integer} where the
   * value has no name), {@code ByteString} for inputs, {@code Map} for messages. Fields without
   * presence that are zero are left out; so are empty lists and maps, and fields that are not
   * known.
   *
   * @return modifiable maps, in ascending order of field numbers
   * @throws GraftInputException {@code GRAFT_MESSAGE_UNKNOWN} or {@code GRAFT_BYTES_INVALID}
   */
  public Map<String, @Nullable Object> decode(String message, ByteString bytes) {
    return new MessageDecoder(false).decode(descriptor(message), bytes);
  }

  /**
   * Decodes a packed message by its type URL, as {@link #decode(String, ByteString)} does.
   *
   * @throws GraftInputException {@code GRAFT_MESSAGE_UNKNOWN} or {@code GRAFT_BYTES_INVALID}
   */
  public Map<String, @Nullable Object> decode(Any message) {
    return decode(nameOf(message), message.getValue());
  }

  /**
   * Decodes a message so that no field without presence is missing: numbers are zero then, texts
   * and lists empty. Other fields are left out if they are not there.
   *
   * @throws GraftInputException {@code GRAFT_MESSAGE_UNKNOWN} or {@code GRAFT_BYTES_INVALID}
   */
  public Map<String, @Nullable Object> decodeWithZeros(String message, ByteString bytes) {
    return new MessageDecoder(true).decode(descriptor(message), bytes);
  }

  /**
   * Decodes a packed message by its type URL, as {@link #decodeWithZeros(String, ByteString)} does.
   *
   * @throws GraftInputException {@code GRAFT_MESSAGE_UNKNOWN} or {@code GRAFT_BYTES_INVALID}
   */
  public Map<String, @Nullable Object> decodeWithZeros(Any message) {
    return decodeWithZeros(nameOf(message), message.getValue());
  }

  /**
   * Decodes what a command answered, as {@link #decodeWithZeros(String, ByteString)} does.
   *
   * @param message the full name of the message that it answers with
   * @param answer of the client that ran it
   * @throws GraftInputException {@code GRAFT_ANSWER_UNEXPECTED} if the answer is no such message,
   *     {@code GRAFT_MESSAGE_UNKNOWN} or {@code GRAFT_BYTES_INVALID}
   */
  public Map<String, @Nullable Object> reply(String message, Answer answer) {
    Optional<Any> packed = answer.packedMessage();
    if (packed.isPresent() && nameOf(packed.get()).equals(message)) {
      return decodeWithZeros(message, packed.get().getValue());
    }
    throw new GraftInputException(
        Code.GRAFT_ANSWER_UNEXPECTED,
        "The server answered without "
            + message
            + ", but with "
            + packed
                .map(other -> "a " + nameOf(other))
                .orElse(answer.getClass().getSimpleName().toLowerCase(Locale.ROOT))
            + ": its plugin is of another version than these descriptors. Generate the client from"
            + " the jar that the server has");
  }

  static String nameOf(Any message) {
    return message.getTypeUrl().substring(message.getTypeUrl().lastIndexOf('/') + 1);
  }

  private Descriptor descriptor(String message) {
    Descriptor descriptor = messages.get(message);
    if (descriptor == null || descriptor.getOptions().getMapEntry()) {
      List<String> marked = names();
      throw new GraftInputException(
          Code.GRAFT_MESSAGE_UNKNOWN,
          "The descriptors have no message '"
              + message
              + "'. Extensions in them: "
              + (marked.isEmpty()
                  ? String.join(", ", messages.keySet())
                  : String.join(", ", marked))
              + ".");
    }
    return descriptor;
  }
}
