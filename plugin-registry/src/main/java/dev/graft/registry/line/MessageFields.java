package dev.graft.registry.line;

import org.jspecify.annotations.Nullable;

/** The fields of one message type, by number. Fields that no line has are null. */
final class MessageFields {
  private final String fullName;
  private @Nullable Field[] byNumber = {};

  MessageFields(String fullName) {
    this.fullName = fullName;
  }

  /** Called once, while the table is made: types refer to one another in circles. */
  void define(@Nullable Field[] byNumber) {
    this.byNumber = byNumber;
  }

  String fullName() {
    return fullName;
  }

  @Nullable Field field(int number) {
    return number >= 0 && number < byNumber.length ? byNumber[number] : null;
  }

  /**
   * A field.
   *
   * @param name its name in the {@code .proto} file
   * @param since the place of the first line that has it, among the known ones
   * @param message what it holds; null for scalars, enums, and messages that are stepped over
   * @param values the values it may have; null if it is no enum
   */
  record Field(
      String name, int since, @Nullable MessageFields message, @Nullable EnumValues values) {}

  /** The values of an enum, by number. */
  static final class EnumValues {
    private @Nullable Value[] byNumber = {};

    void define(@Nullable Value[] byNumber) {
      this.byNumber = byNumber;
    }

    @Nullable Value value(int number) {
      return number >= 0 && number < byNumber.length ? byNumber[number] : null;
    }
  }

  /**
   * A value of an enum.
   *
   * @param name its name in the {@code .proto} file
   * @param since the place of the first line that has it, among the known ones
   */
  record Value(String name, int since) {}
}
