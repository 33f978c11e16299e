package dev.graft.generate.python;

import dev.graft.generate.emit.Origin;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.EnumDefinition;
import dev.graft.generate.model.Operation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a module: what it imports, the descriptors, then types and functions. */
final class ModuleWriter {
  private static final int CHUNK = 76;
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  private final ClientFile client;
  private final PythonNames names;
  private final PythonTypes types;

  ModuleWriter(ClientFile client) {
    this.client = client;
    this.names = new PythonNames(client);
    this.types = new PythonTypes(names);
  }

  String write() {
    List<String> definitions = definitions(); // first: they say what is to be imported
    return "# "
        + Origin.line(client)
        + new Docstring(0, client.documentation(), client.name()).text()
        + "\nfrom __future__ import annotations\n"
        + imports()
        + "\n"
        + exports()
        + "\n"
        + descriptors()
        + "_operations = graft.Operations(_DESCRIPTORS)\n\n\n"
        + String.join("\n\n", definitions);
  }

  private List<String> definitions() {
    List<String> definitions = new ArrayList<>();
    TypeWriter typeWriter = new TypeWriter(names, types);
    for (EnumDefinition definition : client.enums()) {
      definitions.add(typeWriter.write(definition));
    }
    for (DataMessage message : client.messages()) {
      definitions.add(typeWriter.write(message));
    }
    FunctionWriter functionWriter = new FunctionWriter(names, types);
    for (Operation operation : client.operations()) {
      definitions.add(functionWriter.write(operation));
    }
    List<String> replies = new ReplyWriter(client, names).write();
    if (!replies.isEmpty()) {
      types.use("Any");
      definitions.addAll(replies);
    }
    return definitions;
  }

  private String imports() {
    StringBuilder imports = new StringBuilder();
    from(imports, "", "collections.abc", List.of("Mapping", "Sequence"));
    if (!client.messages().isEmpty()) {
      imports.append("from dataclasses import dataclass\n");
    }
    from(imports, "", "datetime", List.of("datetime", "timedelta"));
    if (!client.enums().isEmpty()) {
      imports.append("from enum import IntEnum\n");
    }
    StringBuilder checked = new StringBuilder();
    from(checked, "    ", "pyspark.sql", List.of("Column", "DataFrame", "SparkSession"));
    if (!checked.isEmpty()) {
      types.use("TYPE_CHECKING");
    }
    from(imports, "", "typing", List.of("TYPE_CHECKING", "Any"));
    if (!imports.isEmpty()) {
      imports.insert(0, "\n");
    }
    imports.append("\nimport graft\n");
    if (!checked.isEmpty()) {
      imports.append("\nif TYPE_CHECKING:\n").append(checked);
    }
    return imports.toString();
  }

  private void from(StringBuilder imports, String margin, String module, List<String> candidates) {
    List<String> used = candidates.stream().filter(types::uses).toList();
    if (!used.isEmpty()) {
      imports
          .append(margin)
          .append("from ")
          .append(module)
          .append(" import ")
          .append(String.join(", ", used))
          .append('\n');
    }
  }

  private String exports() {
    StringBuilder exports = new StringBuilder("__all__ = [\n");
    names.all().stream()
        .sorted(
            Comparator.comparing(ModuleWriter::isFunction)
                .thenComparing(ModuleWriter::natural)
                .thenComparing(Comparator.naturalOrder()))
        .forEach(name -> exports.append("    \"").append(name).append("\",\n"));
    return exports.append("]\n").toString();
  }

  private static int isFunction(String name) {
    boolean constant = name.length() > 1 && name.equals(name.toUpperCase(Locale.ROOT));
    return constant ? 0 : Character.isUpperCase(name.charAt(0)) ? 1 : 2;
  }

  /** A key by which "a2" comes before "a10": each number with its length in front. */
  private static String natural(String name) {
    return DIGITS
        .matcher(name)
        .replaceAll(
            match -> {
              String number = new BigInteger(match.group()).toString();
              return Matcher.quoteReplacement("%03d%s".formatted(number.length(), number));
            });
  }

  private String descriptors() {
    List<String> pieces = Origin.descriptors(client, CHUNK);
    String line = "_DESCRIPTORS = \"" + pieces.get(0) + "\"\n";
    return pieces.size() == 1 && line.length() - 1 <= Docstring.WIDTH
        ? line
        : "_DESCRIPTORS = (\n    \"" + String.join("\"\n    \"", pieces) + "\"\n)\n";
  }
}
