package dev.graft.cli;

import dev.graft.address.AddressException;
import dev.graft.address.ConnectAddress;
import dev.graft.cli.doctor.Diagnosis;
import dev.graft.cli.start.ConfiguredHost;
import dev.graft.servers.ClassPathCache;
import dev.graft.servers.SparkRuntime;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graft doctor}. */
@Command(
    name = "doctor",
    description = {
      "Look for what is wrong, and say what to do: with this machine, with settings and what they name, with a server.",
      "Nothing is changed or downloaded, and no plugin is loaded. The status is 0 if there is no problem, 1 if there is one."
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ADDRESS",
      arity = "0..1",
      description =
          "A server, or a gateway's backend: sc://HOST:PORT/;token=TOKEN;use_ssl=true. It is asked for its version and its extensions.")
  private @Nullable String address;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "Settings, as serve and gateway take them.")
  private @Nullable Path conf;

  @Option(names = "--gateway", description = "Take FILE for a gateway's, whatever is in it.")
  private boolean gateway;

  @Option(
      names = "--spark",
      paramLabel = "LINE",
      description = "The Spark line: 3.4, 3.5, 4.0, 4.1 or 4.2 (the Spark of SPARK_HOME, or 4.2).")
  private @Nullable String line;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long the server may take for each step (${DEFAULT-VALUE}).")
  private int timeout;

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  DoctorCommand() {}

  @Override
  public Integer call() {
    if (timeout < 1 || timeout > 3_600) {
      throw new ParameterException(
          spec.commandLine(), "--timeout is " + timeout + "; it must be from 1 to 3600");
    }
    Optional<ConnectAddress> server = server();
    Diagnosis diagnosis = new Diagnosis();
    Optional<Path> authorities = Optional.empty();
    if (conf != null && (gateway || ConfiguredHost.of(conf) == ConfiguredHost.GATEWAY)) {
      diagnosis.java(Optional.empty());
      authorities = diagnosis.gateway(conf);
    } else if (conf != null || server.isEmpty()) {
      spark(diagnosis);
    }
    if (server.isPresent()) {
      diagnosis.server(server.get(), authorities, Duration.ofSeconds(timeout));
    }
    PrintWriter out = spec.commandLine().getOut();
    List<String> lines = json ? List.of(diagnosis.json()) : diagnosis.lines();
    lines.forEach(out::println);
    out.flush();
    return diagnosis.isWell() ? 0 : 1;
  }

  private void spark(Diagnosis diagnosis) {
    Map<String, String> environment = System.getenv();
    Optional<SparkRuntime> runtime =
        diagnosis.machine(Optional.ofNullable(line), environment, ClassPathCache.ofUser());
    Map<String, String> settings = conf == null ? Map.of() : diagnosis.spark(conf, runtime);
    if (runtime.isPresent()) {
      PythonChoice python = PythonChoice.of(null, settings, environment, runtime.get());
      diagnosis.python(python.said(), python.isComplete());
    }
  }

  private Optional<ConnectAddress> server() {
    try {
      return Optional.ofNullable(address).map(ConnectAddress::parse);
    } catch (AddressException e) {
      throw new ParameterException(spec.commandLine(), e.sentence("The address"), e);
    }
  }
}
