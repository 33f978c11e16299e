package dev.graft.generate.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JavaFormatterTest {
  private static final List<String> SOURCES =
      List.of(
          "package a; import java.util.Set; import java.util.Map; import java.util.List; class A{List<Set<?>>  b;}",
          "/** B. */ class B { String s = \"\u00e9\"; }");

  @Test
  void theTestsJvmIsOpen() {
    assertThat(JavaFormatter.isOpen()).isTrue();
  }

  @Test
  void aJvmOfItsOwnGivesTheSame() {
    assertThat(JavaFormatter.apart(SOURCES))
        .isEqualTo(JavaFormatter.format(SOURCES))
        .first()
        .isEqualTo(
            "package a;\n\nimport java.util.List;\nimport java.util.Set;\n\nclass A {\n  List<Set<?>> b;\n}\n");
  }
}
