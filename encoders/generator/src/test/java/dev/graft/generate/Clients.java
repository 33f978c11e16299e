package dev.graft.generate;

import dev.graft.generate.model.OperationKind;
import dev.graft.generate.source.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Generates from the text of a {@code .proto} file, as the command does. */
final class Clients {
  static final String HEAD =
      """
      syntax = "proto3";
      package acme.v1;
      import "graft/annotations.proto";
      import "spark/connect/expressions.proto";
      import "spark/connect/relations.proto";
      """;

  private Clients() {}

  /** The path of a file of the tests' resources. */
  static Path resource(String name) {
    return Path.of("src/test/resources").resolve(name).toAbsolutePath();
  }

  static Generator.Result generate(String language, Path folder, String proto) {
    return generate(language, folder, proto, Map.of());
  }

  static Generator.Result generate(
      String language, Path folder, String proto, Map<String, OperationKind> kinds) {
    try {
      Path file = Files.writeString(folder.resolve("acme.proto"), proto);
      return Generator.generate(language, new Sources(List.of(), null).read(List.of(file)), kinds);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
