package dev.graft.registry.descriptor;

import dev.graft.registry.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The message types of one or more {@code google.protobuf.FileDescriptorSet}s. Immutable and safe
 * for use by several threads.
 */
public final class Descriptors {
  /** Where the descriptors of the Connect messages lie, made from the newest line's files. */
  private static final String CONNECT = "/dev/graft/connect/descriptors.binpb";

  private final Map<String, MessageDescriptor> messages;
  private final Map<String, Map<Integer, String>> enums;

  private Descriptors(
      Map<String, MessageDescriptor> messages, Map<String, Map<Integer, String>> enums) {
    this.messages = messages;
    this.enums = enums;
  }

  /**
   * Reads a serialised {@code google.protobuf.FileDescriptorSet}, as protoc writes it.
   *
   * @throws IllegalArgumentException if the bytes are not one
   */
  public static Descriptors read(byte[] fileDescriptorSet) {
    DescriptorReader reader = new DescriptorReader();
    try {
      reader.readSet(fileDescriptorSet);
    } catch (WireException e) {
      throw new IllegalArgumentException(
          "Not a FileDescriptorSet: " + e.reason() + " (offset " + e.offset() + ")", e);
    }
    return new Descriptors(reader.messages(), reader.enums());
  }

  /** Reads the descriptors of the Connect messages that travel with Graft. */
  public static Descriptors ofConnect() {
    try (InputStream stream = Descriptors.class.getResourceAsStream(CONNECT)) {
      if (stream == null) {
        throw new IllegalStateException("The resource " + CONNECT + " is missing from Graft's jar");
      }
      return read(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** These types and others; where both know a name, these win. */
  public Descriptors and(Descriptors others) {
    Map<String, MessageDescriptor> allMessages = new HashMap<>(others.messages);
    allMessages.putAll(messages);
    Map<String, Map<Integer, String>> allEnums = new HashMap<>(others.enums);
    allEnums.putAll(enums);
    return new Descriptors(allMessages, allEnums);
  }

  /** The message type of a name; null where it is not known. */
  public @Nullable MessageDescriptor message(String fullName) {
    return messages.get(fullName);
  }

  /** The type that a field holds; null for scalars and for types of files that were not given. */
  public @Nullable MessageDescriptor typeOf(FieldDescriptor field) {
    String name = field.typeName();
    return name == null || !field.isMessage() ? null : messages.get(name);
  }

  /** All message types, in no order. */
  public Iterable<MessageDescriptor> messages() {
    return messages.values();
  }

  /** The name of an enum's value; null where it is not known. */
  public @Nullable String enumValue(@Nullable String enumName, int number) {
    Map<Integer, String> values = enumName == null ? null : enums.get(enumName);
    return values == null ? null : values.get(number);
  }
}
