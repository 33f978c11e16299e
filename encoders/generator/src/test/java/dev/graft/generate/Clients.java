package dev.graft.generate;

import dev.graft.generate.model.OperationKind;
import dev.graft.generate.source.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Generates from the sources that emitters of every language are tested with. */
public final class Clients {
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

  /** From a file with all that a field can be. */
  public static Generator.Result everything(String language) {
    return generate(
        language,
        Map.of("acme.all.v1.Plain", OperationKind.EXPRESSION),
        List.of(resource("all.proto")));
  }

  /** From the files of the vectors, one of them in proto2, one in an edition. */
  public static Generator.Result vectors(String language) {
    Path vectors = Path.of("../vectors").toAbsolutePath().normalize();
    return generate(
        language,
        Map.of("graft.vectors.v2.Older", OperationKind.RELATION),
        List.of(
            vectors.resolve("vectors.proto"),
            vectors.resolve("vectors2.proto"),
            vectors.resolve("vectors3.proto")));
  }

  /** From the example plugins. */
  public static Generator.Result examples(String language) {
    Path examples = Path.of("../../plugin-examples");
    return generate(
        language,
        Map.of(),
        List.of(
            examples.resolve("portable/target/acme-frames-1.0.0.jar"),
            examples.resolve("native/target/acme-native-1.0.0.jar"),
            examples.resolve("old-protobuf/target/acme-legacy-1.0.0.jar")));
  }

  /** From the text of a file, as the command does. */
  public static Generator.Result generate(String language, Path folder, String proto) {
    return generate(language, folder, proto, Map.of());
  }

  /** From the text of a file with a name. */
  public static Generator.Result generate(String language, Path folder, String name, String proto) {
    return generate(language, folder, name, proto, Map.of());
  }

  static Generator.Result generate(
      String language, Path folder, String proto, Map<String, OperationKind> kinds) {
    return generate(language, folder, "acme.proto", proto, kinds);
  }

  private static Generator.Result generate(
      String language, Path folder, String name, String proto, Map<String, OperationKind> kinds) {
    try {
      Path file = Files.writeString(folder.resolve(name), proto);
      return generate(language, kinds, List.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Generator.Result generate(
      String language, Map<String, OperationKind> kinds, List<Path> sources) {
    return Generator.generate(language, new Sources(List.of(), null).read(sources), kinds);
  }
}
