package dev.graft.registry.admin;

import dev.graft.registry.invoke.CallCounts;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.report.Values;
import dev.graft.registry.status.PluginStatus;
import dev.graft.registry.status.ServerView;
import dev.graft.spi.LoadedExtension;
import java.util.ArrayList;
import java.util.List;

/** {@code GET /plugins}: what serves; with {@code message=NAME} all there is to say of one. */
record PluginsPage(ServerView server) implements Page {
  @Override
  public String method() {
    return "GET";
  }

  @Override
  public Answer answer(Request request) {
    List<PluginStatus> plugins = server.now().plugins();
    String wanted = request.value("message");
    return wanted.isEmpty() ? all(plugins) : one(plugins, wanted);
  }

  private static Answer all(List<PluginStatus> plugins) {
    var table = StatusShown.plugins(plugins);
    return new Answer(
        200,
        plugins.isEmpty() ? "No plugin is loaded. The load report says why." : Shown.text(table),
        plugins.stream().map(StatusValues::of).toList(),
        Html.heading(1, "Plugins")
            + (plugins.isEmpty()
                ? Html.paragraph("None is loaded. The load report says why.")
                : Html.table(
                    table,
                    "Each message that plugins are for, and what came of the calls",
                    (column, row) ->
                        column.equals("message")
                            ? "/plugins?message=" + Html.encoded((String) row.get(1))
                            : null)));
  }

  private Answer one(List<PluginStatus> plugins, String wanted) {
    List<PluginStatus> found =
        plugins.stream()
            .filter(
                plugin ->
                    plugin.plugin().messageNames().contains(wanted)
                        || plugin.plugin().className().equals(wanted))
            .toList();
    if (found.isEmpty()) {
      return Answer.saying(
          404,
          "No plugin that serves is for "
              + Html.name(wanted)
              + ", or has that name. /plugins has all.");
    }
    List<LoadedExtension> described = new ArrayList<>();
    found.stream()
        .flatMap(plugin -> plugin.plugin().messageNames().stream())
        .distinct()
        .forEach(message -> described.addAll(server.described(message)));
    List<String> text = new ArrayList<>();
    StringBuilder html = new StringBuilder(Html.heading(1, wanted));
    for (PluginStatus plugin : found) {
      List<String> facts = facts(plugin);
      text.add(String.join("\n", facts));
      html.append(Html.heading(2, plugin.plugin().className())).append(Html.list(facts));
      for (PluginStatus.Message message : plugin.messages()) {
        tell(plugin, message, described, text, html);
      }
    }
    return new Answer(
        200,
        String.join("\n\n", text),
        Values.of(
            "plugins", found.stream().map(StatusValues::of).toList(),
            "described", StatusValues.of(described)),
        html.toString());
  }

  private static void tell(
      PluginStatus plugin,
      PluginStatus.Message message,
      List<LoadedExtension> described,
      List<String> text,
      StringBuilder html) {
    String documentation =
        described.stream()
            .filter(
                one ->
                    one.message().equals(message.name())
                        && one.plugin().equals(plugin.plugin().className()))
            .map(LoadedExtension::documentation)
            .findFirst()
            .orElse("");
    List<String> facts = facts(message);
    text.add((message.name() + "\n" + documentation).strip() + "\n  " + String.join("\n  ", facts));
    html.append(Html.heading(3, message.name()));
    if (!documentation.isEmpty()) {
      html.append("<pre class=\"words\">").append(Html.escaped(documentation)).append("</pre>\n");
    }
    html.append(Html.list(facts));
    if (message.counts().offered() > 0) {
      var durations = StatusShown.durations(message.counts().durations());
      text.add(Shown.text(durations));
      html.append(Bars.of(durations, "How long the calls for " + message.name() + " took"));
    }
  }

  private static List<String> facts(PluginStatus status) {
    LoadedPlugin plugin = status.plugin();
    List<String> facts = new ArrayList<>();
    facts.add(
        plugin.className()
            + ", "
            + (plugin.portable() ? "portable, " : "native, ")
            + "for "
            + plugin.kind().word()
            + "s");
    facts.add(
        ("from "
                + plugin.origin().location()
                + (plugin.origin().id().isEmpty() ? "" : ", plugin id " + plugin.origin().id())
                + (plugin.origin().version().isEmpty()
                    ? ""
                    : ", version " + plugin.origin().version()))
            .strip());
    facts.add(
        status.digest().isEmpty()
            ? "no digest: it is no jar, or the jar has changed since it was loaded"
            : "SHA-256 " + status.digest());
    facts.add("loaded in " + status.took().toMillis() + " ms");
    return facts;
  }

  private static List<String> facts(PluginStatus.Message message) {
    CallCounts counts = message.counts();
    List<String> facts = new ArrayList<>();
    facts.add(
        "offered %,d, accepted %,d, declined %,d, failed %,d"
            .formatted(counts.offered(), counts.accepted(), counts.declined(), counts.failed()));
    if (counts.offered() > 0) {
      facts.add(
          "%s in, %s out, %,d nodes in the answers"
              .formatted(
                  Shown.bytes(counts.bytesIn()), Shown.bytes(counts.bytesOut()), counts.nodes()));
    }
    message.failures().forEach((code, count) -> facts.add("failed by " + code + ": " + count));
    return facts;
  }
}
