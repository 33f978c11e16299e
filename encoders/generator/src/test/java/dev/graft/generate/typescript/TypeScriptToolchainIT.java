package dev.graft.generate.typescript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.graft.generate.Clients;
import dev.graft.generate.Generator;
import dev.graft.generate.HostileDescriptors;
import dev.graft.generate.OutputFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TypeScript's own tools on generated code: prettier, tsc and eslint have nothing to say. */
class TypeScriptToolchainIT {
  private static final Path ENCODER = Path.of("../typescript").toAbsolutePath().normalize();
  private static final String DESCRIPTORS = "dev/graft/connect/descriptors.binpb";

  @TempDir static Path descriptors = Path.of("");
  @TempDir Path folder = Path.of("");

  /** Builds the package that generated code imports, unless someone has done so. */
  @BeforeAll
  static void encoder() throws Exception {
    must("node", "--version");
    if (!Files.isDirectory(ENCODER.resolve("node_modules"))) {
      must("npm", "ci");
    }
    if (!Files.exists(ENCODER.resolve("dist/index.d.ts"))) {
      try (InputStream in = Generator.class.getClassLoader().getResourceAsStream(DESCRIPTORS)) {
        assertThat(in).isNotNull();
        Files.write(descriptors.resolve("descriptors.binpb"), in.readAllBytes());
      }
      must("npm", "run", "build");
    }
  }

  @Test
  void whateverAuthorsWriteGoesThroughTypeScriptsTools() throws Exception {
    write("everything", Clients.everything("typescript"));
    write("vectors", Clients.vectors("typescript"));
    write("long", Clients.generate("typescript", folder, LONG));
    write("examples", Clients.examples("typescript"));
    write("wide", HostileDescriptors.withFields(1_000).generate("typescript"));
    for (long seed = 0; seed < 30; seed++) {
      write("hostile" + seed, HostileDescriptors.random(seed).generate("typescript"));
    }
    Files.createDirectory(folder.resolve("node_modules"));
    Files.createSymbolicLink(folder.resolve("node_modules/graft-connect"), ENCODER);
    Files.writeString(folder.resolve("package.json"), "{ \"type\": \"module\" }\n");
    Files.writeString(
        folder.resolve("tsconfig.json"),
        """
        {
          "extends": "%s/tsconfig.base.json",
          "compilerOptions": { "noEmit": true, "types": [] },
          "include": ["**/*.ts"]
        }
        """
            .formatted(ENCODER));
    Files.writeString(
        folder.resolve("eslint.config.js"),
        "export { default } from \"%s/eslint.config.js\";%n".formatted(ENCODER));

    assertThat(run(folder, tool("prettier"), "--check", "**/*.ts")).isEmpty();
    assertThat(run(folder, tool("tsc"), "-p", ".")).isEmpty();
    assertThat(run(folder, tool("eslint"), ".")).isEmpty();
  }

  private void write(String name, Generator.Result result) {
    new OutputFolder(folder.resolve(name)).write(result.files());
  }

  private static String tool(String name) {
    return ENCODER.resolve("node_modules/.bin/" + name).toString();
  }

  /** A toolchain that is not there is a visible skip on a developer's machine; CI has it. */
  private static void must(String... command) throws Exception {
    String said = run(ENCODER, command);
    if (!said.isEmpty()) {
      if (Boolean.parseBoolean(System.getenv("CI"))) {
        fail(said + ", and CI must have it");
      }
      abort(said + ": the tests of generated TypeScript are skipped");
    }
  }

  /** Runs a program; returns what it says if it fails. */
  private static String run(Path folder, String... command) throws Exception {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      builder
          .environment()
          .put("GRAFT_CONNECT_DESCRIPTORS", descriptors.resolve("descriptors.binpb").toString());
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      return status == 0 ? "" : String.join(" ", command) + " ended with " + status + ":\n" + said;
    } catch (IOException e) {
      return String.join(" ", command) + " cannot be run: " + e.getMessage();
    }
  }

  private static final String LONG =
      """
      syntax = "proto3";
      package acme.a.really.quite.long_package_name.that_goes.on_and_on.v1;
      import "graft/annotations.proto";
      enum AnEnumWithAnExceedinglyLongNameThatDoesNotFit {
        AN_ENUM_WITH_AN_EXCEEDINGLY_LONG_NAME_THAT_DOES_NOT_FIT_UNSPECIFIED = 0;
        AN_ENUM_WITH_AN_EXCEEDINGLY_LONG_NAME_THAT_DOES_NOT_FIT_AB = 1;
      }
      message AnOperationWithAnExceedinglyLongNameThatDoesNotFitOnOneLine {
        option (graft.operation) = {
          kind: COMMAND
          reply: "acme.a.really.quite.long_package_name.that_goes.on_and_on.v1.TheAnswerToAnOperation"
        };
        map<string, AnEnumWithAnExceedinglyLongNameThatDoesNotFit> a_map_of_names_to_values = 1;
        repeated AnEnumWithAnExceedinglyLongNameThatDoesNotFit a_list_of_values_that_is_long = 2;
        AnEnumWithAnExceedinglyLongNameThatDoesNotFit a_b = 3;
        string a_field_with_an_exceedingly_long_name_that_does_not_fit_on_one_line = 4;
        TheAnswerToAnOperation both = 5;
      }
      message TheAnswerToAnOperation {
        map<string, AnEnumWithAnExceedinglyLongNameThatDoesNotFit> a_map_of_names_to_values = 1;
        TheAnswerToAnOperation itself = 2;
        AnEnumWithAnExceedinglyLongNameThatDoesNotFit an_enum_of_an_exceedingly_long_name = 3;
      }
      message Short {
        option (graft.operation) = {
          kind: COMMAND
          reply: "acme.a.really.quite.long_package_name.that_goes.on_and_on.v1.Nothing"
        };
      }
      message Nothing {}
      message Odd {
        option (graft.operation) = {kind: RELATION};
        string if = 1;
        int32 __proto__ = 2;
        int32 constructor = 3;
        oneof one_of_these {
          int64 first_one = 4;
          string second_one = 5;
        }
        Nothing nothing = 6;
      }
      """;
}
