package dev.graft.registry.lowering;

import dev.graft.registry.descriptor.MessageDescriptor;
import org.jspecify.annotations.Nullable;

/** What the walk knows of a message type that can lead to an extension. */
final class WalkedType {
  private final String fullName;
  private final @Nullable ExtensionSite site;
  private @Nullable WalkedField[] byNumber = {};
  private @Nullable MessageDescriptor common;

  WalkedType(String fullName) {
    this.fullName = fullName;
    this.site = ExtensionSite.of(fullName);
  }

  /** Called once, while the table is made: types refer to one another in circles. */
  void define(@Nullable WalkedField[] byNumber, @Nullable MessageDescriptor common) {
    this.byNumber = byNumber;
    this.common = common;
  }

  /** The type of its common field; null if it has none. */
  @Nullable MessageDescriptor common() {
    return common;
  }

  String fullName() {
    return fullName;
  }

  /** The site in this type, which also makes it a node in the sense of the budget. */
  @Nullable ExtensionSite site() {
    return site;
  }

  /** The field of that number; null for fields to step over. */
  @Nullable WalkedField field(int number) {
    return number >= 0 && number < byNumber.length ? byNumber[number] : null;
  }
}
