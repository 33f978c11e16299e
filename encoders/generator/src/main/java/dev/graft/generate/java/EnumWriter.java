package dev.graft.generate.java;

import dev.graft.generate.model.EnumDefinition;
import java.util.stream.Collectors;

/** Writes enums. */
final class EnumWriter {
  private final JavaNames names;

  EnumWriter(JavaNames names) {
    this.names = names;
  }

  String write(EnumDefinition definition) {
    String type = names.type(definition.fullName());
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
}
