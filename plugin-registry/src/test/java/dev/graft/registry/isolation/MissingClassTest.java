package dev.graft.registry.isolation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingClassTest {
  @Test
  void whatSaysThatAClassIsMissingNamesNoPath(@TempDir Path folder) throws IOException {
    Path classes = Files.createDirectory(folder.resolve("acme-classes"));
    IsolatedClassLoader loader =
        new IsolatedClassLoader("acme", List.of(Library.open(classes)), List.of());

    assertThatThrownBy(() -> loader.loadClass("com.acme.Missing"))
        .isInstanceOf(ClassNotFoundException.class)
        .hasMessage("com.acme.Missing is not in [acme-classes]");
  }
}
