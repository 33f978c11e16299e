package dev.graft.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.graft.encoder.ConnectSession;
import dev.graft.encoder.Rows;
import dev.graft.generate.breaking.Compatibility;
import dev.graft.generate.breaking.Effect;
import dev.graft.generate.breaking.Finding;
import dev.graft.generate.model.OperationKind;
import dev.graft.generate.source.SourceFiles;
import dev.graft.generate.source.Sources;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code graft generate --check}: says which changes of messages break clients. */
final class CompatibilityCheck {
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final String SERVER = "sc://";

  private CompatibilityCheck() {}

  /**
   * Compares sources with what clients have.
   *
   * @param old a source, or a server by its address
   * @return whether something breaks them
   */
  static boolean run(
      String old, List<Path> sources, Sources reader, boolean json, PrintWriter out) {
    boolean isServer = old.startsWith(SERVER);
    SourceFiles before = isServer ? server(old) : reader.read(List.of(Path.of(old)));
    Compatibility found = Compatibility.of(before, reader.read(sources), isServer);
    if (json) {
      out.println(JSON.toJson(values(found)));
    } else {
      found.findings().forEach(finding -> out.println(line(finding)));
      found.notes().forEach(out::println);
      out.println(summary(found.findings()));
    }
    out.flush();
    return !found.findings().isEmpty();
  }

  /**
   * What a server's list of extensions says; the rows are as {@code graft.v1.ListExtensions} says.
   */
  private static SourceFiles server(String address) {
    List<byte[]> sets = new ArrayList<>();
    Map<String, Set<OperationKind>> kinds = new TreeMap<>();
    try (ConnectSession session = ConnectSession.connect(address);
        Rows rows = session.extensions(true)) {
      for (List<@Nullable Object> row : rows.toList()) {
        OperationKind kind =
            OperationKind.valueOf(String.valueOf(row.get(0)).toUpperCase(Locale.ROOT));
        kinds
            .computeIfAbsent(
                String.valueOf(row.get(2)), unused -> EnumSet.noneOf(OperationKind.class))
            .add(kind);
        if (row.get(7) instanceof byte[] set) {
          sets.add(set);
        }
      }
    }
    return Sources.ofServer(sets, kinds, address);
  }

  private static String line(Finding finding) {
    return "%s%s: %s (%s): %s"
        .formatted(
            finding.file(),
            finding.line() > 0 ? ":" + finding.line() : "",
            finding.rule(),
            word(finding.effect()),
            finding.text());
  }

  private static String word(Effect effect) {
    return effect.name().toLowerCase(Locale.ROOT);
  }

  private static String summary(List<Finding> findings) {
    long wire = findings.stream().filter(finding -> finding.effect() == Effect.WIRE).count();
    return findings.isEmpty()
        ? "No change breaks clients."
        : "%d %s: %d on the wire, %d in source."
            .formatted(
                findings.size(),
                findings.size() == 1 ? "change breaks clients" : "changes break clients",
                wire,
                findings.size() - wire);
  }

  private static Map<String, Object> values(Compatibility found) {
    List<Map<String, Object>> findings = new ArrayList<>();
    for (Finding finding : found.findings()) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("rule", finding.rule().name());
      values.put("breaks", word(finding.effect()));
      values.put("element", finding.element());
      values.put("file", finding.file());
      values.put("line", finding.line());
      values.put("text", finding.text());
      findings.add(values);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("findings", findings);
    all.put("notes", found.notes());
    return all;
  }
}
