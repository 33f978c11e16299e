package dev.graft.generate.rust;

import dev.graft.generate.emit.Origin;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.Directions;
import dev.graft.generate.model.EnumDefinition;
import java.util.ArrayList;
import java.util.List;

/** Writes a module: structs of operations, then types, then the descriptors. */
final class FileWriter {
  private static final int CHUNK = 90;

  /** What a program that includes the module may be strict about. */
  private static final String LENIENCE =
      """
      // A program need not use all of it; what things are called, and how many of them must be given, is
      // the choice of the messages' author.
      #![allow(dead_code)]
      #![allow(clippy::enum_variant_names, clippy::large_enum_variant)]
      #![allow(clippy::should_implement_trait, clippy::wrong_self_convention)]
      #![allow(clippy::struct_excessive_bools, clippy::too_many_arguments)]
      """;

  private final ClientFile client;
  private final RustNames names;
  private final RustTypes types;
  private final Cycles cycles;
  private final Directions directions;

  FileWriter(ClientFile client) {
    this.client = client;
    this.names = new RustNames(client);
    this.types = new RustTypes(names);
    this.cycles = new Cycles(client);
    this.directions = new Directions(client);
  }

  String write() {
    String items = String.join("\n", items());
    return "// "
        + Origin.line(client)
        + "// @generated\n\n"
        + new DocComment(0, "//!")
            .add(
                client.documentation(),
                "A client of the extensions of " + DocComment.escaped(Origin.path(client)) + ".")
        + "\n"
        + LENIENCE
        + "\n"
        + (items.contains("BTreeMap") ? "use std::collections::BTreeMap;\n\n" : "")
        + "use graft_connect::Message as _;\n\n"
        + items
        + "\n"
        + descriptors();
  }

  private List<String> items() {
    List<String> items = new ArrayList<>();
    OperationWriter operations = new OperationWriter(names, types, cycles);
    client.operations().forEach(operation -> items.addAll(operations.write(operation)));
    client.messages().forEach(message -> items.addAll(message(message)));
    for (EnumDefinition definition : client.enums()) {
      items.addAll(new EnumWriter(definition, names.type(definition.fullName())).write());
    }
    return items;
  }

  private List<String> message(DataMessage message) {
    String type = names.type(message);
    boolean received = directions.isReceived(message.fullName());
    StructWriter struct = new StructWriter(message, received, names, types, cycles);
    List<String> items = new ArrayList<>();
    items.add(struct.definition(true));
    if (directions.isGiven(message.fullName())) {
      items.add(Layout.item("", "impl " + type + " {\n" + struct.methods() + "}\n"));
    }
    items.add(struct.givenTrait());
    if (received) {
      items.add(struct.receivedTrait());
    }
    items.addAll(new ChoiceWriter(names, types, cycles).write(message, received));
    return items;
  }

  private String descriptors() {
    StringBuilder text =
        new StringBuilder(
            """
            static OPERATIONS: std::sync::LazyLock<graft_connect::Operations> =
                std::sync::LazyLock::new(|| graft_connect::Operations::embedded(DESCRIPTORS));

            const DESCRIPTORS: &str = "\\
            """);
    for (String piece : Origin.descriptors(client, CHUNK)) {
      text.append("    ").append(piece).append("\\\n");
    }
    return text.append("    \";\n").toString();
  }
}
