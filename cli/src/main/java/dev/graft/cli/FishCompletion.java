package dev.graft.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What makes fish complete a command with commands below it; picocli writes that for bash and zsh
 * alone.
 */
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
    level(command, "__fish_use_subcommand", List.of(), lines);
    return String.join("\n", lines) + "\n";
  }

  /**
   * What may follow a command, and the commands below it.
   *
   * @param given the condition that this command has been typed, and none below it
   * @param path the commands that have been typed so far
   */
  private void level(CommandLine line, String given, List<String> path, List<String> lines) {
    Map<String, CommandLine> below = visible(line);
    String none =
        path.isEmpty() || below.isEmpty() ? given : given + "; and not " + seen(below.keySet());
    below.forEach(
        (subcommand, next) -> {
          String[] description = next.getCommandSpec().usageMessage().description();
          lines.add(start(none) + " -a " + subcommand + description(description));
        });
    options(line, none, lines);
    arguments(line, none, lines);
    below.forEach(
        (subcommand, next) -> {
          List<String> further = new ArrayList<>(path);
          further.add(subcommand);
          level(next, condition(further), further, lines);
        });
  }

  /** That these commands have been typed; one by itself may also stand below another command. */
  private String condition(List<String> path) {
    String all =
        path.stream().map(each -> seen(List.of(each))).collect(Collectors.joining("; and "));
    if (path.size() > 1) {
      return all;
    }
    List<String> above =
        visible(command).entrySet().stream()
            .filter(other -> visible(other.getValue()).containsKey(path.get(0)))
            .map(Map.Entry::getKey)
            .toList();
    return above.isEmpty() ? all : all + "; and not " + seen(above);
  }

  private static String seen(Collection<String> commands) {
    return "__fish_seen_subcommand_from " + String.join(" ", commands);
  }

  private static Map<String, CommandLine> visible(CommandLine line) {
    Map<String, CommandLine> subcommands = new LinkedHashMap<>(line.getSubcommands());
    subcommands.values().removeIf(each -> each.getCommandSpec().usageMessage().hidden());
    return subcommands;
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
