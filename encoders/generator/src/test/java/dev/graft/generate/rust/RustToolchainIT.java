package dev.graft.generate.rust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.graft.generate.Clients;
import dev.graft.generate.GeneratedFile;
import dev.graft.generate.Generator;
import dev.graft.generate.HostileDescriptors;
import dev.graft.generate.OutputFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rust's own tools on generated code: it is formatted, compiles, and neither clippy nor rustdoc has
 * anything to complain of; in a library that everybody sees, and in a program that uses none of it.
 */
class RustToolchainIT {
  private static final Path ENCODER = Path.of("../rust").toAbsolutePath().normalize();
  private static final long LONGEST_MINUTES = 10;

  @TempDir Path crate = Path.of("");

  private final Set<String> modules = new TreeSet<>();

  @BeforeEach
  void requireRust() {
    boolean found = isInstalled();
    if ("true".equals(System.getenv("CI"))) {
      assertThat(found).as("CI has Rust").isTrue();
    }
    assumeTrue(found, "Rust is not installed");
  }

  @Test
  void whateverAuthorsWriteGoesThroughRustsTools() throws Exception {
    write("everything", Clients.everything("rust"));
    write("kit", Clients.vectors("rust"));
    write("examples", Clients.examples("rust"));
    write("long", Clients.generate("rust", crate, LONG));
    write("wide", HostileDescriptors.withFields(1_000).generate("rust"));
    for (long seed = 0; seed < 30; seed++) {
      write("hostile%02d".formatted(seed), HostileDescriptors.random(seed).generate("rust"));
    }
    Files.writeString(
        crate.resolve("Cargo.toml"),
        """
        [package]
        name = "clients"
        version = "0.0.0"
        edition = "2024"

        [dependencies]
        graft-connect = { path = "%s", default-features = false }

        [lints.rust]
        missing_docs = "warn"

        [workspace]
        """
            .formatted(ENCODER));
    // The same versions as the encoder's own; the crate itself is added to them.
    Files.copy(ENCODER.resolve("Cargo.lock"), crate.resolve("Cargo.lock"));
    Files.writeString(crate.resolve("src/lib.rs"), "//! Seen by all.\n\n" + modules("pub mod"));
    Files.writeString(
        crate.resolve("src/main.rs"),
        "//! Seen by nobody.\n\n" + modules("mod") + "\nfn main() {}\n");

    run("cargo", "fmt", "--", "--check");
    run("cargo", "clippy", "--quiet", "--all-targets", "--", "--deny", "warnings");
    run("cargo", "doc", "--quiet", "--no-deps", "--lib");
  }

  private void write(String folder, Generator.Result result) throws IOException {
    Path sources = Files.createDirectories(crate.resolve("src").resolve(folder));
    new OutputFolder(sources).write(result.files());
    StringBuilder files = new StringBuilder();
    result.files().stream()
        .map(GeneratedFile::path)
        .sorted()
        .forEach(path -> files.append("pub mod ").append(path.replace(".rs", "")).append(";\n"));
    Files.writeString(sources.resolve("mod.rs"), "//! Generated.\n\n" + files);
    modules.add(folder);
  }

  private String modules(String keyword) {
    return modules.stream()
        .map(module -> keyword + " " + module + ";\n")
        .collect(Collectors.joining());
  }

  private static boolean isInstalled() {
    try {
      return new ProcessBuilder("cargo", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run(String... command) throws Exception {
    Path output = Files.createTempFile("graft-rust-", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(crate.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      // What the encoder needs is compiled once, for its own tests too.
      builder.environment().put("CARGO_TARGET_DIR", ENCODER.resolve("target").toString());
      builder.environment().put("RUSTDOCFLAGS", "--deny warnings");
      Process process = builder.start();
      boolean ended = process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
      if (!ended) {
        process.destroyForcibly();
      }
      assertThat(ended && process.exitValue() == 0)
          .as(
              "%s, which says:%n%s",
              String.join(" ", command), Files.readString(output, StandardCharsets.UTF_8))
          .isTrue();
    } finally {
      Files.delete(output);
    }
  }

  private static final String LONG =
      """
      syntax = "proto3";
      package acme.a.really.quite.long_package_name.that_goes.on_and_on.and_on.and_on.v1;
      import "graft/annotations.proto";
      import "google/protobuf/struct.proto";
      import "spark/connect/relations.proto";
      import "spark/connect/expressions.proto";
      enum AnEnumWithAnExceedinglyLongNameThatDoesNotFit {
        AN_ENUM_WITH_AN_EXCEEDINGLY_LONG_NAME_THAT_DOES_NOT_FIT_UNSPECIFIED = 0;
        AN_ENUM_WITH_AN_EXCEEDINGLY_LONG_NAME_THAT_DOES_NOT_FIT_AB = 1;
        AN_ENUM_WITH_AN_EXCEEDINGLY_LONG_NAME_THAT_DOES_NOT_FIT_A_VALUE_THAT_IS_LONG_AS_WELL_AS_THIS_ONE = 2;
      }
      message AnOperationWithAnExceedinglyLongNameThatDoesNotFitOnOneLine {
        option (graft.operation) = {
          kind: COMMAND
          reply: "acme.a.really.quite.long_package_name.that_goes.on_and_on.and_on.and_on.v1.TheAnswerToAnOperation"
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
      message ByLength {
        option (graft.operation) = {kind: RELATION};
        repeated string ab = 1 [(graft.argument).required = true];
        repeated string abcd = 2 [(graft.argument).required = true];
        repeated string abcde = 3 [(graft.argument).required = true];
        repeated string abcdefghijklmnopqrstuv = 4 [(graft.argument).required = true];
        repeated string abcdefghijklmnopqrstuvw = 5 [(graft.argument).required = true];
        map<string, string> map = 6 [(graft.argument).required = true];
        map<string, int32> numbers_by_name = 7 [(graft.argument).required = true];
        map<int32, spark.connect.Expression> m = 8 [(graft.argument).required = true];
        repeated google.protobuf.Value json = 9 [(graft.argument).required = true];
        string abcdefghijklmnopqrstuvwxy = 10;
        string abcdefghijklmnopqrstuvwxyz = 11;
        repeated spark.connect.Relation all_the_relations_that_are_joined = 12;
        repeated string a_list_with_a_name_of_just_forty_letter = 13;
        repeated string a_list_with_a_name_of_some_forty_letters = 14;
        google.protobuf.Struct options = 15;
        google.protobuf.ListValue list = 16;
        google.protobuf.Value value = 17;
        google.protobuf.Value given = 18 [(graft.argument).required = true];
      }
      message One {
        option (graft.operation) = {kind: RELATION};
        int32 k = 1 [(graft.argument).required = true];
      }
      message OneLonger {
        option (graft.operation) = {kind: RELATION};
        int32 a_name_of_18_chars = 1 [(graft.argument).required = true];
      }
      message OneStill {
        option (graft.operation) = {kind: RELATION};
        int32 a_name_of_19_letter = 1 [(graft.argument).required = true];
      }
      message OneList {
        option (graft.operation) = {kind: RELATION};
        repeated int32 k = 1 [(graft.argument).required = true];
      }
      message OneText {
        option (graft.operation) = {kind: RELATION};
        string abcde = 1 [(graft.argument).required = true];
      }
      message Short {
        option (graft.operation) = {
          kind: COMMAND
          reply: "acme.a.really.quite.long_package_name.that_goes.on_and_on.and_on.and_on.v1.Nothing"
        };
      }
      message Nothing {}
      message Odd {
        option (graft.operation) = {kind: EXPRESSION};
        string if = 1;
        string self = 2;
        int32 is_set = 3;
        int32 from_date = 4;
        int32 add = 5;
        oneof one_of_these {
          int64 first_one = 6;
          string second_one = 7;
        }
        Nothing nothing = 8;
        oneof new {
          Nothing crate = 9;
          string a_member_with_a_name_of_some_letters = 13;
          string a_member_with_a_name_that_is_so_long_that_it_does_not_fit = 10;
        }
        int32 to_date = 11;
        int32 as_of = 12;
      }
      """;
}
