package dev.graft.generate.rust;

import dev.graft.generate.emit.Names;
import dev.graft.generate.model.EnumDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes an enum. Of several names for one number the first is a variant, the others are constants.
 */
final class EnumWriter {
  private final EnumDefinition definition;
  private final String type;
  private final Names names;
  private final Map<Integer, String> variants = new HashMap<>();
  private final List<EnumDefinition.Value> first = new ArrayList<>();
  private final List<EnumDefinition.Value> others = new ArrayList<>();

  EnumWriter(EnumDefinition definition, String type) {
    this.definition = definition;
    this.type = type;
    this.names = RustNames.variants(definition);
    for (EnumDefinition.Value value : definition.values()) {
      boolean isFirst = variants.putIfAbsent(value.number(), name(value)) == null;
      (isFirst ? first : others).add(value);
    }
  }

  private String name(EnumDefinition.Value value) {
    return names.get(value.protoName());
  }

  List<String> write() {
    List<String> items = new ArrayList<>(List.of(enumeration(), methods(), given()));
    if (definition.open()) {
      items.add(ofNumber());
    }
    items.add(received());
    return items;
  }

  private String enumeration() {
    StringBuilder text = new StringBuilder();
    for (EnumDefinition.Value value : first) {
      text.append(comment(value)).append(text.indexOf("[default]") < 0 ? "    #[default]\n" : "");
      text.append("    ").append(name(value)).append(",\n");
    }
    if (definition.open()) {
      text.append("    /// A number that has no name here.\n    Unrecognized(i32),\n");
    }
    return Layout.item(
        DocComment.of(0)
                .add(definition.documentation(), "The enum `" + definition.fullName() + "`.")
            + "#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]\n",
        "pub enum " + type + " {\n" + text + "}\n");
  }

  private static DocComment comment(EnumDefinition.Value value) {
    return DocComment.of(4).add(value.documentation(), "`" + value.protoName() + "`.");
  }

  private String methods() {
    StringBuilder text = new StringBuilder("impl " + type + " {\n");
    for (EnumDefinition.Value value : others) {
      text.append(comment(value))
          .append(
              Layout.assignment(
                  4,
                  "pub const " + value.name().upperSnake() + ": Self =",
                  "Self::" + variants.get(value.number())))
          .append('\n');
    }
    text.append(
        """
            /// Its number.
            #[must_use]
            pub fn number(self) -> i32 {
                match self {
        """);
    for (EnumDefinition.Value value : first) {
      text.append(Layout.arm(12, "Self::" + name(value), String.valueOf(value.number())));
    }
    if (definition.open()) {
      text.append(Layout.arm(12, "Self::Unrecognized(number)", "number"));
    }
    return Layout.item("", text.append("        }\n    }\n}\n").toString());
  }

  private String given() {
    return Layout.item(
        "",
        """
        impl graft_connect::IntoValue for %s {
            fn into_value(self) -> graft_connect::Value {
                self.number().into_value()
            }
        }
        """
            .formatted(type));
  }

  private String ofNumber() {
    StringBuilder arms = new StringBuilder();
    for (EnumDefinition.Value value : first) {
      arms.append(Layout.arm(12, String.valueOf(value.number()), "Self::" + name(value)));
    }
    return Layout.item(
        "",
        """
        impl From<i32> for %s {
            fn from(number: i32) -> Self {
                match number {
        %s            other => Self::Unrecognized(other),
                }
            }
        }
        """
            .formatted(type, arms));
  }

  private String received() {
    StringBuilder body = new StringBuilder();
    if (definition.open()) {
      body.append("        i32::from_value(value).map(Self::from)\n");
    } else {
      body.append("        match i32::from_value(value)? {\n");
      for (EnumDefinition.Value value : first) {
        body.append(
            Layout.arm(12, String.valueOf(value.number()), "Some(Self::" + name(value) + ")"));
      }
      body.append("            _ => None,\n        }\n");
    }
    return Layout.item(
        "",
        """
        impl graft_connect::FromValue for %s {
            fn from_value(value: graft_connect::Value) -> Option<Self> {
        %s    }
        }
        """
            .formatted(type, body));
  }
}
