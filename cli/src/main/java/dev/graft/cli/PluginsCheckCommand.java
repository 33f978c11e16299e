package dev.graft.cli;

import dev.graft.cli.check.Check;
import dev.graft.cli.check.CheckedHost;
import dev.graft.cli.check.HostNames;
import dev.graft.cli.check.Sarif;
import dev.graft.cli.check.Verdict;
import dev.graft.cli.check.VerdictJson;
import dev.graft.cli.check.VerdictText;
import dev.graft.cli.environment.Distribution;
import dev.graft.cli.environment.Terminal;
import dev.graft.servers.LaunchException;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graft plugins check}. */
@Command(
    name = "check",
    description = {
      "Say what the plugins in jars need that a server does not have: classes, methods and fields of Spark, of Graft and of libraries.",
      "Graft's plugins are looked at, and those of Spark's own interfaces. Class files are read and nothing is loaded, so no code of a jar runs.",
      "The status is 0 if nothing is missing, 1 if something is."
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "A Graft plugin sees its own jar beside what the server shows it; a plugin of Spark's own interface is taken to lie on Spark's class path.",
      "A plugin that is not made for a gateway is no failure, unless a gateway is all that is checked against."
    },
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class PluginsCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "JAR",
      arity = "1..*",
      description = "Plugin jars, or folders whose jars share a class loader.")
  private List<Path> jars;

  @Option(
      names = "--spark",
      paramLabel = "HOST",
      split = ",",
      description =
          "What to check against, separated by commas: 3.4, 3.5, 4.0, 4.1, 4.2, home (the Spark of SPARK_HOME), gateway."
              + " All of these unless named; those that cannot be had are then left out, and the output says so.")
  private List<String> hosts = List.of();

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description =
          "A class that is a plugin although no services file names it. Those that implement a plugin interface are found by themselves. May be repeated.")
  private List<String> classes = List.of();

  @Option(
      names = "--offline",
      description = "Take only Sparks whose jars are on this machine: Maven is not called.")
  private boolean offline;

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  @Option(
      names = "--sarif",
      description = "Print the findings as SARIF 2.1.0, which code hosts show beside a change.")
  private boolean sarif;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  PluginsCheckCommand() {}

  @Override
  public Integer call() {
    if (json && sarif) {
      throw new ParameterException(spec.commandLine(), "Choose one of --json and --sarif");
    }
    for (Path jar : jars) {
      if (!Files.exists(jar)) {
        throw new ParameterException(spec.commandLine(), "There is no " + jar);
      }
    }
    HostNames.objection(hosts)
        .ifPresent(
            text -> {
              throw new ParameterException(spec.commandLine(), text);
            });
    String home = System.getenv("SPARK_HOME");
    boolean named = !hosts.isEmpty();
    List<String> names =
        named ? hosts.stream().distinct().toList() : HostNames.all(home != null && !home.isBlank());
    Verdict verdict =
        new Check(name -> host(name, System.getenv())).run(jars, names, named, classes);
    print(verdict);
    return verdict.isBad() ? 1 : 0;
  }

  private void print(Verdict verdict) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(VerdictJson.of(verdict));
    } else if (sarif) {
      out.println(Sarif.of(verdict));
      verdict.notChecked().forEach(spec.commandLine().getErr()::println);
    } else {
      VerdictText.of(verdict).forEach(out::println);
    }
    out.flush();
  }

  private CheckedHost host(String name, Map<String, String> environment) {
    if (name.equals(HostNames.GATEWAY)) {
      return CheckedHost.gateway();
    }
    @Nullable String line = name.equals(HostNames.HOME) ? null : name;
    if (line == null && environment.getOrDefault("SPARK_HOME", "").isBlank()) {
      throw new LaunchException(
          LaunchException.Code.SPARK_HOME_INVALID,
          "SPARK_HOME is not set. Set it to a Spark installation, or leave home out of --spark.");
    }
    SparkRuntime runtime =
        line == null
            ? SparkRuntime.ofHome(Path.of(environment.getOrDefault("SPARK_HOME", "")), environment)
            : SparkChoice.ofLine(SparkLine.of(line), offline, Terminal.errors());
    return CheckedHost.spark(name, runtime, Distribution.current().sparkJar());
  }
}
