package dev.graft.spi;

import java.util.Objects;

/**
 * What a plugin can tell people and client libraries of one of its messages. Arrays are handed
 * over, not copied: nobody must write to them.
 *
 * @param name the name in clients, in lower_snake_case, for example {@code top_k}; empty for the
 *     message's own name
 * @param documentation what the extension does, as plain text of any number of lines; empty where
 *     nothing is said
 * @param descriptorSet a serialised {@code google.protobuf.FileDescriptorSet} with the message's
 *     file after all that it imports, Spark's and protobuf's own files left out; empty where the
 *     plugin has no descriptors
 */
public record MessageDescription(String name, String documentation, byte[] descriptorSet) {
  /** The description of a plugin that tells nothing. */
  public static final MessageDescription NONE = new MessageDescription("", "", new byte[0]);

  public MessageDescription {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(documentation, "documentation");
    Objects.requireNonNull(descriptorSet, "descriptorSet");
  }
}
