package dev.graft.generate.rust;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.MessageType;
import dev.graft.generate.rust.Layout.Call;
import dev.graft.generate.rust.Layout.Chain;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the struct of one message: its definition, the methods that fill it, and its traits. */
final class StructWriter {
  private final String type;
  private final MessageType message;
  private final List<Member> members;
  private final RustTypes types;

  /**
   * A writer.
   *
   * @param received whether servers send the message, too
   */
  StructWriter(
      MessageType message, boolean received, RustNames names, RustTypes types, Cycles cycles) {
    this.type = names.type(message);
    this.message = message;
    this.members = Member.of(message, received, names, cycles);
    this.types = types;
  }

  /**
   * The definition.
   *
   * @param open whether its fields are public
   */
  String definition(boolean open) {
    DocComment comment = DocComment.of(0);
    if (!message.documentation().isEmpty()) {
      comment.add(message.documentation(), "");
    }
    comment.own("The message `" + message.fullName() + "`.");
    StringBuilder fields = new StringBuilder();
    for (Member member : members) {
      if (open) {
        fields.append(comment(member));
      }
      fields.append("    %s%s: %s,\n".formatted(open ? "pub " : "", member.name(), held(member)));
    }
    String derived = "#[derive(Clone, Debug, " + (isDefault() ? "Default, " : "") + "PartialEq)]\n";
    return Layout.item(
        comment + derived,
        "pub struct " + type + (fields.isEmpty() ? " {}\n" : " {\n" + fields + "}\n"));
  }

  /** The methods that make one and fill it. */
  String methods() {
    StringBuilder methods = new StringBuilder(constructor());
    for (Member member : members) {
      if (!(member instanceof Member.Plain plain && plain.argument().required())) {
        methods.append('\n').append(setter(member));
      }
    }
    return methods.toString();
  }

  private boolean isDefault() {
    return members.stream()
        .noneMatch(
            member ->
                member instanceof Member.Plain plain
                    && plain.argument().required()
                    && !plain.optional());
  }

  private List<Member.Plain> required() {
    List<Member.Plain> required = new ArrayList<>();
    for (Member member : members) {
      if (member instanceof Member.Plain plain && plain.argument().required()) {
        required.add(plain);
      }
    }
    return required;
  }

  private String constructor() {
    List<Member.Plain> required = required();
    if (required.isEmpty()) {
      return DocComment.of(4).own("One in which nothing is given.")
          + "    #[must_use]\n    pub fn new() -> Self {\n        Self::default()\n    }\n";
    }
    DocComment comment = DocComment.of(4).own("One with what must be given.");
    List<String> parameters = new ArrayList<>();
    for (Member.Plain member : required) {
      List<String> said = member.argument().documentation().paragraphs();
      if (!said.isEmpty()) {
        comment.item("`" + member.name() + "`: ", String.join(" ", said));
      }
      parameters.add(member.name() + ": " + types.parameter(member.argument().shape()));
    }
    StringBuilder lines = new StringBuilder();
    List<String> line = new ArrayList<>();
    for (Member member : members) {
      boolean given = member instanceof Member.Plain plain && plain.argument().required();
      Chain value = given ? given((Member.Plain) member, member.name()) : Chain.of(absent(member));
      String name = member.name();
      if (value.equals(Chain.of(name))) {
        line.add(name);
        lines.append("            ").append(name).append(",\n");
      } else {
        // Of several fields with values at least, no literal is short enough for one line.
        line.add(name + ": " + value.root() + ".".repeat(value.calls().size() * 20));
        lines.append(Layout.chain(12, name + ": ", value, ","));
      }
    }
    return comment
        + Layout.signature(4, "pub fn new", parameters, ") -> Self {")
        + Layout.self(8, String.join(", ", line), lines.toString())
        + "    }\n";
  }

  private String setter(Member member) {
    String parameter;
    Chain value;
    if (member instanceof Member.Plain plain) {
      parameter = types.parameter(plain.argument().shape());
      value = given(plain, "value");
    } else if (member instanceof Member.Choice choice) {
      parameter = choice.type();
      value = Chain.of("Some(value)");
    } else {
      throw new IllegalStateException("No setter of " + member);
    }
    return comment(member)
        + "    #[must_use]\n"
        + Layout.signature(
            4, "pub fn " + member.name(), List.of("mut self", "value: " + parameter), ") -> Self {")
        + Layout.chain(8, "self." + member.name() + " = ", value, ";")
        + "        self\n    }\n";
  }

  private Chain given(Member.Plain member, String parameter) {
    Chain value = types.converted(member.argument().shape(), parameter);
    if (member.optional() || member.boxed()) {
      String inner = member.boxed() ? "Box::new(" + value.root() + ")" : value.root();
      return Chain.of(member.optional() ? "Some(" + inner + ")" : inner);
    }
    return value;
  }

  private String absent(Member member) {
    return member instanceof Member.Plain plain && !plain.optional()
        ? types.empty(plain.argument().shape())
        : "None";
  }

  private String held(Member member) {
    if (member instanceof Member.Plain plain) {
      String held = types.held(plain.argument().shape());
      held = plain.boxed() ? "Box<" + held + ">" : held;
      return plain.optional() ? "Option<" + held + ">" : held;
    } else if (member instanceof Member.Choice choice) {
      return "Option<" + choice.type() + ">";
    }
    throw new IllegalStateException("No type of " + member);
  }

  private static DocComment comment(Member member) {
    if (member instanceof Member.Plain plain) {
      return fieldComment(plain.argument());
    } else if (member instanceof Member.Choice choice) {
      return DocComment.of(4)
          .add(choice.choice().documentation(), "The choice `" + choice.choice().field() + "`.");
    }
    throw new IllegalStateException("No comment of " + member);
  }

  /** The comment of a field, or of what stands for one. */
  static DocComment fieldComment(Argument argument) {
    DocComment comment =
        DocComment.of(4).add(argument.documentation(), "The field `" + argument.field() + "`.");
    argument
        .defaultValue()
        .ifPresent(value -> comment.code("Default: ", RustLiterals.described(value)));
    RustTypes.foreign(argument.shape())
        .ifPresent(
            name ->
                comment.own(
                    "A message `" + name + "`, by `graft_connect::Value::of`, or its bytes."));
    return comment;
  }

  /** The trait by which the runtime takes its values. */
  String givenTrait() {
    List<Call> calls = new ArrayList<>();
    for (Member member : members) {
      if (member instanceof Member.Plain plain) {
        calls.add(
            Call.of("with", RustLiterals.text(plain.argument().field()), "self." + plain.name()));
      }
    }
    Chain values = new Chain("graft_connect::Values::new()", calls);
    List<Member.Choice> choices =
        members.stream()
            .filter(Member.Choice.class::isInstance)
            .map(Member.Choice.class::cast)
            .toList();
    StringBuilder body = new StringBuilder();
    if (choices.isEmpty()) {
      body.append(Layout.chain(8, "", values, ""));
    } else {
      body.append(Layout.chain(8, "let mut values = ", values, ";"));
      for (Member.Choice choice : choices) {
        body.append(
            """
                    if let Some(choice) = self.%s {
                        values = choice.with(values);
                    }
            """
                .formatted(choice.name()));
      }
      body.append("        values\n");
    }
    return Layout.item(
        "",
        "impl graft_connect::Message for "
            + type
            + " {\n"
            + Layout.assignment(
                4, "const NAME: &'static str =", RustLiterals.text(message.fullName()))
            + "\n    fn into_values(self) -> graft_connect::Values {\n"
            + body
            + "    }\n}\n");
  }

  /** The trait by which it is made of what a server has sent. */
  String receivedTrait() {
    String fields =
        members.stream()
            .map(member -> Layout.chain(12, member.name() + ": ", received(member), ","))
            .collect(Collectors.joining());
    String parameter = members.isEmpty() ? "_values" : "mut values";
    return Layout.item(
        "",
        "impl graft_connect::FromValues for "
            + type
            + " {\n    fn from_values("
            + parameter
            + ": graft_connect::Values) -> Self {\n"
            + (members.isEmpty()
                ? "        Self {}\n"
                : "        Self {\n" + fields + "        }\n")
            + "    }\n}\n");
  }

  private static Chain received(Member member) {
    if (member instanceof Member.Choice choice) {
      return Chain.of(choice.type() + "::taken(&mut values)");
    } else if (member instanceof Member.Plain plain) {
      Argument argument = plain.argument();
      String field = RustLiterals.text(argument.field());
      // Absent, a field without presence is zero, also where it has a default for those who send
      // it.
      boolean zero = argument.defaultValue().isPresent() && !argument.explicitPresence();
      if (plain.optional() && zero) {
        return Chain.of("Some(values.take(" + field + "))");
      }
      return new Chain(
          "values", List.of(Call.of(plain.optional() ? "take_optional" : "take", field)));
    }
    throw new IllegalStateException("No value of " + member);
  }
}
