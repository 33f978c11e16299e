package dev.graft.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What makes fish complete a command of two levels; picocli writes that for bash and zsh alone. */
final class FishCompletion {
  private final CommandLine command;
  private final String name;

  FishCompletion(CommandLine command) {
    this.command = command;
    this.name = command.getCommandSpec().name();
  }

  /** Lines for {@code ~/.config/fish/completions}. */
  String script() {
    List<String> lines = new ArrayList<>();
    lines.add("complete -c " + name + " -f");
    Map<String, CommandLine> subcommands = new LinkedHashMap<>(command.getSubcommands());
    subcommands.values().removeIf(line -> line.getCommandSpec().usageMessage().hidden());
    String none = "__fish_use_subcommand";
    subcommands.forEach(
        (subcommand, line) -> {
          String[] description = line.getCommandSpec().usageMessage().description();
          lines.add(start(none) + " -a " + subcommand + description(description));
        });
    options(command, none, lines);
    subcommands.forEach(
        (subcommand, line) -> {
          String given = "__fish_seen_subcommand_from " + subcommand;
          options(line, given, lines);
          arguments(line, given, lines);
        });
    return String.join("\n", lines) + "\n";
  }

  private String start(String condition) {
    return "complete -c " + name + " -n '" + condition + "'";
  }

  private void options(CommandLine line, String condition, List<String> lines) {
    for (OptionSpec option : line.getCommandSpec().options()) {
      if (!option.hidden()) {
        lines.add(
            start(condition) + names(option) + value(option) + description(option.description()));
      }
    }
  }

  private static String names(OptionSpec option) {
    return Arrays.stream(option.names())
        .map(
            text -> text.startsWith("--") ? " -l " + text.substring(2) : " -s " + text.substring(1))
        .collect(Collectors.joining());
  }

  private static String value(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    if (option.completionCandidates() != null) {
      return " -x -a '" + String.join(" ", option.completionCandidates()) + "'";
    }
    return option.type() == Path.class ? " -r -F" : " -x";
  }

  private void arguments(CommandLine line, String condition, List<String> lines) {
    line.getCommandSpec()
        .positionalParameters()
        .forEach(
            parameter -> {
              if (parameter.completionCandidates() != null) {
                lines.add(
                    start(condition)
                        + " -a '"
                        + StreamSupport.stream(
                                parameter.completionCandidates().spliterator(), false)
                            .collect(Collectors.joining(" "))
                        + "'");
              } else if (parameter.type() == Path.class
                  || List.of(parameter.auxiliaryTypes()).contains(Path.class)) {
                lines.add(start(condition) + " -F");
              }
            });
  }

  private static String description(String[] text) {
    return text.length == 0 ? "" : " -d '" + text[0].replace("'", "\\'") + "'";
  }
}
