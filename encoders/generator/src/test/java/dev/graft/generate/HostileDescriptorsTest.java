package dev.graft.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Whatever an author calls things and writes about them, what is generated compiles. */
class HostileDescriptorsTest {
  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void generatedJavaCompilesWithoutAWarning(@ForAll("hostile") HostileDescriptors hostile)
      throws IOException {
    Path classes = Files.createTempDirectory("graft-hostile-");
    try {
      Generator.Result result = hostile.generate("java");
      assertThat(JavaCompiler.compile(result.files(), classes)).isEmpty();
      assertThat(hostile.generate("java").files()).isEqualTo(result.files());
    } finally {
      delete(classes);
    }
  }

  @Property(tries = 40)
  void everyLanguageGivesTheSameTwice(@ForAll("hostile") HostileDescriptors hostile) {
    for (String language : Emitters.languages()) {
      if (!language.equals("java")) {
        assertThat(hostile.generate(language)).isEqualTo(hostile.generate(language));
      }
    }
  }

  @Provide
  static Arbitrary<HostileDescriptors> hostile() {
    return Arbitraries.longs().map(HostileDescriptors::random);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aThousandFieldsCompile() throws IOException {
    Path classes = Files.createTempDirectory("graft-hostile-");
    try {
      assertThat(
              JavaCompiler.compile(
                  HostileDescriptors.withFields(1_000).generate("java").files(), classes))
          .isEmpty();
    } finally {
      delete(classes);
    }
  }
}
