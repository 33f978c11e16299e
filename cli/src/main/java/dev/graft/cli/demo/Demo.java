package dev.graft.cli.demo;

import dev.graft.cli.environment.Distribution;
import dev.graft.cli.environment.Terminal;
import dev.graft.encoder.CommandAnswer;
import dev.graft.encoder.ConnectSession;
import dev.graft.encoder.RequestFailedException;
import dev.graft.encoder.Rows;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.descriptor.Descriptors;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.servers.ConfigurationFile;
import dev.graft.servers.SparkRuntime;
import dev.graft.testkit.tree.PlanTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;

/** Runs the demonstration from start to end, and prints what happens. */
public final class Demo {
  private static final int LONGEST_TREE = 200;
  private static final String PLUGINS_PATH = "spark.graft.plugins.path";

  private final Distribution distribution;
  private final Terminal terminal;
  private final PlanTree tree =
      new PlanTree(Descriptors.ofConnect().and(Descriptors.read(Acme.descriptors())), LONGEST_TREE);

  /** A demonstration with a distribution's files. */
  public Demo(Distribution distribution, Terminal terminal) {
    this.distribution = distribution;
    this.terminal = terminal;
  }

  /**
   * Runs it.
   *
   * @param throughGateway whether the plugins run in a gateway, and the server knows nothing of
   *     Graft
   * @throws dev.graft.servers.LaunchException if the server does not start
   * @throws RequestFailedException if the server refuses a plan
   * @throws dev.graft.registry.error.GraftException if the configuration or a required plugin is
   *     refused
   */
  public void run(SparkRuntime runtime, boolean throughGateway) {
    Map<String, String> settings = ConfigurationFile.read(distribution.demoConfiguration());
    showConfiguration(settings, throughGateway);
    terminal.line();
    try (Stage stage = start(runtime, settings, throughGateway);
        LocalLowering lowering = new LocalLowering(runtime, distribution.sparkJar(), settings);
        ConnectSession session = ConnectSession.connect(stage.address())) {
      terminal.heading("What the " + (throughGateway ? "gateway" : "server") + " has loaded");
      terminal.block(stage.loadReport().replace(Path.of("").toAbsolutePath() + "/", ""), 2);
      showData(session);
      if (throughGateway) {
        showTheServerAlone(runtime, stage);
      }
      int number = 0;
      for (DemoStep step : DemoPlans.steps()) {
        Optional<LoadedPlugin> plugin = lowering.pluginFor(step.messageName());
        if (plugin.isPresent()) {
          number++;
          terminal.heading(number + ". " + step.title());
          if (stage.runs(plugin.get())) {
            run(step, plugin.get(), lowering, session);
          } else {
            showRefusal(step, plugin.get(), session);
          }
        }
      }
      terminal.heading(
          "That was Graft "
              + Distribution.version()
              + (throughGateway ? " in a gateway before " : " in ")
              + runtime
              + ".");
      terminal.line(
          "  Change "
              + shown(distribution.demoConfiguration())
              + " or the jars beside it, and run it again.");
    }
  }

  private void showData(ConnectSession session) {
    terminal.heading("Data");
    terminal.line(
        "  Palmer penguins: 344 penguins of three species, measured on three islands of Antarctica.");
    terminal.line(
        "  By Allison Horst, Alison Hill and Kristen Gorman, with the Palmer Station LTER. Licence: CC0.");
    terminal.line(
        "  From " + shown(distribution.penguins()) + "; README.md beside it names the source.");
    session.execute(DemoPlans.nameRows(distribution.penguins()));
    terminal.line("  The client has made them the view " + DemoPlans.VIEW + ".");
  }

  private void showTheServerAlone(SparkRuntime runtime, Stage stage) {
    terminal.heading("What " + runtime + " says to the first of the plans by itself");
    try (ConnectSession direct = ConnectSession.connect(stage.serverAddress())) {
      terminal.block(refusal(DemoPlans.steps().get(0), direct), 2);
    }
  }

  private void showRefusal(DemoStep step, LoadedPlugin plugin, ConnectSession session) {
    showPlan(step);
    terminal.title("no plan after lowering", "");
    terminal.line(
        "    "
            + plugin.className()
            + " is native: it builds Spark's own objects, which only a server with Graft inside can do.");
    terminal.title("what a client is told", "");
    terminal.block(refusal(step, session), 4);
  }

  private static String refusal(DemoStep step, ConnectSession session) {
    try {
      return rows(step.plan().getRoot(), session);
    } catch (RequestFailedException e) {
      return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
  }

  private void showConfiguration(Map<String, String> settings, boolean throughGateway) {
    terminal.heading(
        "Configuration  "
            + shown(distribution.demoConfiguration())
            + (throughGateway ? ", without spark. in front, as in a gateway's file" : ""));
    (throughGateway ? Stage.ofGateway(settings) : settings)
        .forEach(
            (key, value) ->
                terminal.line(
                    "  "
                        + key
                        + " ="
                        + Stream.of(value.split(",", -1))
                            .map(String::strip)
                            .map(this::item)
                            .reduce("", String::concat)));
    terminal.heading("Plugin jars");
    for (String folder : settings.getOrDefault(PLUGINS_PATH, "").split(",", -1)) {
      for (Path jar : jars(Path.of(folder))) {
        terminal.line("  " + jar.getFileName() + ", " + kilobytes(jar) + " kB");
      }
    }
  }

  private String item(String value) {
    return "\n      " + (value.startsWith("/") ? shown(Path.of(value)) : value);
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      return List.of(); // The load report says what is wrong with it.
    }
  }

  private static long kilobytes(Path file) {
    try {
      return Math.max(1, Files.size(file) / 1000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stage start(SparkRuntime runtime, Map<String, String> settings, boolean throughGateway) {
    String what = runtime + (throughGateway ? " without Graft, and a gateway" : "");
    try (Terminal.Work work = terminal.work("Starting a Spark Connect server, " + what)) {
      Stage stage =
          throughGateway
              ? Stage.gateway(runtime, settings)
              : Stage.inSpark(runtime, distribution, settings);
      work.done(
          throughGateway
              ? "A gateway on " + stage.address() + " before " + runtime + " without Graft"
              : runtime + " Connect server on " + stage.address());
      return stage;
    }
  }

  private void run(
      DemoStep step, LoadedPlugin plugin, LocalLowering lowering, ConnectSession session) {
    Plan plan = step.plan();
    showPlan(step);
    terminal.title(
        "plan after lowering", "by " + plugin.className() + " of " + plugin.origin().id());
    if (plugin.portable()) {
      LocalLowering.LoweredPlan lowered = lowering.lower(plan);
      if (!lowered.told().isEmpty()) {
        terminal.line("    " + lowered.told());
      }
      lowered.messages().forEach(message -> terminal.tree(tree.print(lowered.type(), message), 4));
    } else {
      terminal.line(
          "    the same: this plugin is native and builds it inside the server, from Spark's own objects");
    }
    terminal.title("rows", "");
    terminal.block(plan.hasCommand() ? answer(plan, session) : rows(plan.getRoot(), session), 4);
  }

  private void showPlan(DemoStep step) {
    Plan plan = step.plan();
    terminal.title("plan before lowering", "as the client sends it, with " + step.messageName());
    terminal.tree(
        plan.hasCommand()
            ? tree.print(ConnectType.COMMAND, plan.getCommand().toByteArray())
            : tree.print(ConnectType.RELATION, plan.getRoot().toByteArray()),
        4);
  }

  private static String answer(Plan plan, ConnectSession session) {
    CommandAnswer answer = session.execute(plan.getCommand());
    if (answer instanceof CommandAnswer.Rows rows) {
      return rows(rows.relation(), session);
    } else if (answer instanceof CommandAnswer.Message message) {
      return message.message().getTypeUrl();
    }
    return "nothing: it is done";
  }

  private static String rows(Relation relation, ConnectSession session) {
    try (Rows rows = session.rows(relation)) {
      return rows.toTable();
    }
  }

  /** A path as people like to read it: from where they are, if it lies below. */
  private static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }
}
