package dev.graft.generate.rust;

import dev.graft.generate.emit.Names;
import dev.graft.generate.model.Argument;
import dev.graft.generate.model.MessageType;
import dev.graft.generate.model.OneOf;
import dev.graft.generate.rust.Layout.Call;
import java.util.List;

/** Writes the enum of a choice, of which one member at most is given. */
final class ChoiceWriter {
  private final RustNames names;
  private final RustTypes types;
  private final Cycles cycles;

  ChoiceWriter(RustNames names, RustTypes types, Cycles cycles) {
    this.names = names;
    this.types = types;
    this.cycles = cycles;
  }

  /** The enums of a message's choices, each with its methods. */
  List<String> write(MessageType message, boolean received) {
    return message.oneofs().stream()
        .flatMap(choice -> write(message, choice, received).stream())
        .toList();
  }

  private List<String> write(MessageType message, OneOf choice, boolean received) {
    String type = names.choice(message, choice);
    String owner = message.fullName();
    List<Argument> members =
        message.arguments().stream()
            .filter(argument -> argument.oneof().filter(choice.field()::equals).isPresent())
            .toList();
    Names variants = RustNames.variants(members);
    StringBuilder definition = new StringBuilder();
    StringBuilder arms = new StringBuilder();
    StringBuilder taken = new StringBuilder();
    for (Argument member : members) {
      String name = variants.get(member.field());
      String field = RustLiterals.text(member.field());
      String held = types.held(member.shape());
      held = cycles.leadsBack(member, owner) ? "Box<" + held + ">" : held;
      definition
          .append(StructWriter.fieldComment(member))
          .append("    %s(%s),\n".formatted(name, held));
      arms.append(
          Layout.arm(12, "Self::" + name + "(value)", "values", Call.of("with", field, "value")));
      taken.append(
          """
                  if let Some(value) = values.take_optional(%s) {
                      return Some(Self::%s(value));
                  }
          """
              .formatted(field, name));
    }
    String comment =
        DocComment.of(0)
            .add(choice.documentation(), "The choice `" + choice.field() + "` of `" + owner + "`.")
            .toString();
    String given =
        "    fn with(self, values: graft_connect::Values) -> graft_connect::Values {\n"
            + "        match self {\n"
            + arms
            + "        }\n    }\n";
    String found =
        "\n    fn taken(values: &mut graft_connect::Values) -> Option<Self> {\n"
            + taken
            + "        None\n    }\n";
    return List.of(
        Layout.item(
            comment + "#[derive(Clone, Debug, PartialEq)]\n",
            "pub enum " + type + " {\n" + definition + "}\n"),
        Layout.item("", "impl " + type + " {\n" + given + (received ? found : "") + "}\n"));
  }
}
