package dev.graft.generate.java;

import dev.graft.generate.model.EnumDefinition;
import java.util.stream.Collectors;

/** Writes enums. */
final class EnumWriter {
  /**
   * The constants of a Java enum are made by one method, which holds 64 KiB; each takes some 24
   * bytes.
   */
  private static final int MOST_CONSTANTS = 2_000;

  private final JavaNames names;

  EnumWriter(JavaNames names) {
    this.names = names;
  }

  String write(EnumDefinition definition) {
    String type = names.type(definition.fullName());
    if (definition.values().size() > MOST_CONSTANTS) {
      return large(definition, type);
    }
    String constants =
        definition.values().stream()
            .map(
                value ->
                    new Javadoc(value.documentation(), "{@code " + value.protoName() + "}.")
                        + value.name().upperSnake()
                        + "("
                        + JavaLiterals.text(value.protoName())
                        + ", "
                        + value.number()
                        + ")")
            .collect(Collectors.joining(",\n"));
    return new Javadoc(definition.documentation(), "{@code " + definition.fullName() + "}.")
        + """
        public enum TYPE {
        CONSTANTS;

        private final String protoName;
        private final int number;

        TYPE(String protoName, int number) {
          this.protoName = protoName;
          this.number = number;
        }

        /**
         * The number that is sent.
         *
         * @return the number in the proto file
         */
        public int number() {
          return number;
        }

        static TYPE decoded(Object value) {
          for (TYPE each : values()) {
            if (value.equals(each.protoName) || value.equals(each.number)) {
              return each;
            }
          }
          throw new IllegalArgumentException(
              "The server sent " + value + " for " + FULL + ", which this client does not know. Generate it anew.");
        }
        }
        """
            .replace("TYPE", type)
            .replace("FULL", JavaLiterals.text(definition.fullName()))
            .replace("CONSTANTS", constants);
  }

  private static String large(EnumDefinition definition, String type) {
    return new Javadoc(definition.documentation(), "{@code " + definition.fullName() + "}.")
            .then(
                "It has %d values, more than an enum of Java can hold: they go by their names."
                    .formatted(definition.values().size()))
        + """
        public static final class TYPE {
          private final Object value;

          private TYPE(Object value) {
            this.value = value;
          }

          /**
           * A value by its name, which is checked when it is used.
           *
           * @param name as in the proto file
           * @return the value
           */
          public static TYPE of(String name) {
            return new TYPE(name);
          }

          /**
           * A value by its number.
           *
           * @param number as in the proto file
           * @return the value
           */
          public static TYPE of(int number) {
            return new TYPE(number);
          }

          Object number() {
            return value;
          }

          static TYPE decoded(Object value) {
            return new TYPE(value);
          }

          @Override
          public boolean equals(Object other) {
            return other instanceof TYPE it && it.value.equals(value);
          }

          @Override
          public int hashCode() {
            return value.hashCode();
          }

          @Override
          public String toString() {
            return value.toString();
          }
        }
        """
            .replace("TYPE", type);
  }
}
