package dev.graft.testkit.spark.contract;

import com.google.protobuf.Message;
import dev.graft.api.node.Nodes;
import dev.graft.api.spark.NativeCommandPlugin;
import dev.graft.api.spark.NativeExpressionPlugin;
import dev.graft.api.spark.NativeRelationPlugin;
import dev.graft.servers.SparkLine;
import dev.graft.spi.ExtensionKind;
import dev.graft.testkit.Server;
import dev.graft.testkit.contract.ExtensionContract;
import dev.graft.testkit.contract.Fault;
import dev.graft.testkit.contract.MarkedInputs;
import dev.graft.testkit.contract.Sample;
import dev.graft.testkit.spark.SparkPlace;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.apache.spark.connect.proto.Relation;
import org.jspecify.annotations.Nullable;

/**
 * Rules that every native plugin keeps, whatever clients send. A native plugin answers inside Spark
 * only, so they are tried on a real server, by the requests that clients make. The test of a plugin
 * extends this and says which plugin; name it {@code …IT}, so that it runs with the other tests
 * that need servers.
 *
 * <pre>{@code
 * class NumberedContractIT extends NativePluginContract {
 *   @Override protected Object plugin() { return new NumberedPlugin(); }
 * }
 * }</pre>
 *
 * <p>Commands are carried out: {@link #maySend} keeps back those that must not be, and {@link
 * #state} tells what they may change beside the session. The server is that of {@code @OnSpark}.
 */
public abstract class NativePluginContract extends ExtensionContract {
  /** Each takes some requests of a server. */
  private static final int TRIES = 20;

  private static final Relation PLAIN = Nodes.range(3).build();

  private @Nullable ServerTrial opened;
  private List<ServerTrial> others = List.of();

  /** The state after the last try, which serves as the state before the next one. */
  private @Nullable SessionState state;

  /** For the tests that extend it. */
  protected NativePluginContract() {
    super(TRIES);
  }

  /** The line of the server, such as {@code 3.5}; the newest unless overridden. */
  protected String line() {
    return SparkLine.NEWEST.number();
  }

  /**
   * What the plugin may change beside the session, such as the files of a folder, as something
   * whose text tells two states apart. It must not change where a plan is analysed, or a command is
   * refused. Nothing unless overridden.
   */
  protected Object state(Server server) {
    return "";
  }

  @Override
  protected final Optional<Class<? extends Message>> messageType() {
    Object plugin = plugin();
    if (plugin instanceof NativeRelationPlugin<?> relation) {
      return Optional.of(relation.messageType());
    } else if (plugin instanceof NativeExpressionPlugin<?> expression) {
      return Optional.of(expression.messageType());
    } else if (plugin instanceof NativeCommandPlugin<?> command) {
      return Optional.of(command.messageType());
    }
    return Optional.empty();
  }

  /**
   * Starts the server before the first try, since a line that cannot be had must not look like a
   * broken rule.
   */
  @BeforeProperty
  void startServer() {
    opened = open();
  }

  @AfterProperty
  void endSessions() {
    others.forEach(other -> other.server().close());
    if (opened != null) {
      opened.server().close();
    }
  }

  private ServerTrial open() {
    return new ServerTrial(new SparkPlace(SparkLine.of(line())).open(plugins()).orElseThrow());
  }

  /** The session of all tries of a rule. */
  private ServerTrial session() {
    return Objects.requireNonNull(opened, "a session, opened before the rule's first try");
  }

  private ExtensionKind kind() {
    return loaded().kind();
  }

  /** The same with inputs that a server can work with, where it has any. */
  private Optional<Sample> sound(Sample sample, MarkedInputs inputs) {
    return marked(sample, inputs).filter(marked -> maySend(Inputs.any(marked)));
  }

  private Sample sound(Sample sample) {
    return sound(sample, Inputs.marked(kind())).orElse(sample);
  }

  /**
   * Whatever comes, the plugin answers, declines, or says in a planning error what is wrong.
   * Spark's own errors about a query pass too, and where the inputs are nonsense, any error of
   * Spark.
   */
  @Property(tries = 2 * TRIES, edgeCases = EdgeCasesMode.NONE)
  protected void throwsNothingButPlanningErrors(@ForAll("graft.hostileSamples") Sample sample) {
    Optional<Sample> sound = sound(sample, Inputs.marked(kind()));
    if (sound.filter(sample::equals).isEmpty()
        && session().analyse(sample) instanceof ServerOutcome.Refused refused
        && !refused.asPlanned()
        && !refused.isOfSpark()
        // Spark may lack a class for an input, such as those of its machine learning. One that the
        // plugin lacks shows with sound inputs too.
        && !(sound.isPresent() && refused.isLinkage())) {
      throw Fault.with(sample, refused.text(), refused.refusal());
    }
    if (sound.isPresent()
        && session().run(sound.get()) instanceof ServerOutcome.Refused refused
        && !refused.asPlanned()
        && !refused.isQueryError()) {
      throw Fault.with(sound.get(), refused.text(), refused.refusal());
    }
  }

  /**
   * An extension of another type is declined, even a broken one, so that the plugins behind are
   * asked.
   */
  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  protected void declinesWhatIsNotItsOwn(@ForAll("graft.foreignSamples") Sample sample) {
    if (!(session().analyse(sample) instanceof ServerOutcome.Refused refused)) {
      throw Fault.with(sample, "It answers what is not its own.", null);
    }
    if (!refused.isDeclined()) {
      throw Fault.with(
          sample, "It refuses what is not its own: " + refused.text(), refused.refusal());
    }
  }

  /**
   * Columns of an input that are in the answer resolve by the input's plan id, and the plan ids of
   * columns inside an expression still hold. It does not check commands, nor columns that the
   * plugin has replaced.
   */
  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  protected void keepsPlanIds(@ForAll("graft.samples") Sample sample) {
    MarkedInputs inputs = Inputs.marked(kind());
    Optional<Sample> sound = sound(sample, inputs);
    if (kind() == ExtensionKind.COMMAND
        || sound.isEmpty()
        || !(counted(session().analyse(sound.get())) instanceof ServerOutcome.Answered answered)) {
      return;
    }
    if (kind() == ExtensionKind.RELATION) {
      inputs.planIds().forEach(planId -> requireColumns(sound.get(), answered, planId));
    } else if (session().analyse(Inputs.ambiguous(sound.get()))
        instanceof ServerOutcome.Refused refused) {
      throw Fault.with(
          sound.get(),
          "Between two relations with columns of one name, it no longer resolves: "
              + refused.text()
              + " Make columns by context.column, not by their names.",
          refused.refusal());
    }
  }

  private void requireColumns(Sample sample, ServerOutcome.Answered answered, long planId) {
    String column = Inputs.ownColumn(planId);
    Relation relation = Inputs.relation(sample);
    boolean isThere =
        answered.columns().getFieldsList().stream()
            .anyMatch(field -> field.getName().equals(column));
    if (isThere
        && session().analyse(Inputs.select(relation, column, planId))
            instanceof ServerOutcome.Refused refused
        && AnalysedPlan.of(relation, session().server()).columnsNamed(column) == 1) {
      throw Fault.with(
          sample,
          "df[\""
              + column
              + "\"] of the input with the plan id "
              + planId
              + " no longer resolves: "
              + refused.text()
              + " Build on the dataset that context.dataset gives, rather than on its rows.",
          refused.refusal());
    }
  }

  /**
   * The same message gets the same answer, again, in other sessions, and in two at once: columns,
   * plan and rows; the columns, where it is a command.
   */
  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  protected void isDeterministic(@ForAll("graft.samples") Sample sample) {
    Sample sound = sound(sample);
    Optional<String> once = seen(counted(ask(sound, session())), sound, session());
    if (others.isEmpty()) {
      others = List.of(open(), open());
    }
    List<Optional<String>> again =
        others.parallelStream().map(other -> seen(ask(sound, other), sound, other)).toList();
    boolean mayDiffer =
        kind() == ExtensionKind.COMMAND; // one that deletes finds nothing the next time
    for (Optional<String> other : again) {
      if (!other.equals(once) && !(mayDiffer && (once.isEmpty() || other.isEmpty()))) {
        throw Fault.with(
            sound,
            "It is answered once with\n"
                + once.orElse("a refusal")
                + "\nand once with\n"
                + other.orElse("a refusal"),
            null);
      }
    }
  }

  private ServerOutcome ask(Sample sample, ServerTrial session) {
    return kind() == ExtensionKind.COMMAND ? session.analyse(sample) : session.run(sample);
  }

  /** What a client can see of an answer; empty if it is refused. */
  private Optional<String> seen(ServerOutcome outcome, Sample sample, ServerTrial session) {
    if (!(outcome instanceof ServerOutcome.Answered answered)) {
      return Optional.empty();
    }
    String plan =
        kind() == ExtensionKind.COMMAND
            ? ""
            : AnalysedPlan.of(Inputs.relation(sample), session.server()).renumbered();
    return Optional.of(answered.columns() + plan + String.join("\n", answered.rows()));
  }

  /**
   * A plan that is analysed, and a command that is refused, change nothing of the session's
   * configuration, tables, views, functions and current schema, nor of what {@link #state} tells.
   */
  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  protected void leavesTheSessionAsItWas(@ForAll("graft.hostileSamples") Sample sample) {
    Sample sound = sound(sample);
    Server server = session().server();
    SessionState before =
        Objects.requireNonNullElseGet(state, () -> SessionState.of(server, state(server)));
    ServerOutcome outcome = session().analyse(sound);
    state = SessionState.of(server, state(server));
    String changes = before.changesTo(state);
    boolean mayChange =
        kind() == ExtensionKind.COMMAND && outcome instanceof ServerOutcome.Answered;
    if (!mayChange && !changes.isEmpty()) {
      throw Fault.with(sound, "It has changed " + changes, null);
    }
  }

  /** After whatever comes, the server answers a plain query, in this session and in another. */
  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  protected void leavesTheServerAtWork(@ForAll("graft.hostileSamples") Sample sample) {
    if (others.isEmpty()) {
      others = List.of(open());
    }
    Sample sound = sound(sample);
    ServerOutcome unused = session().run(sound);
    for (ServerTrial session : List.of(session(), others.get(0))) {
      try {
        String numbers = session.text(PLAIN);
        if (!numbers.equals("0\n1\n2\n")) {
          throw Fault.with(sound, "After it the server counts to three thus: " + numbers, null);
        }
      } catch (Server.Refusal refusal) {
        throw Fault.with(
            sound, "After it the server answers no plain query: " + refusal.getMessage(), refusal);
      }
    }
  }

  private ServerOutcome counted(ServerOutcome outcome) {
    if (outcome instanceof ServerOutcome.Refused refused) {
      countRefusal(refused.text());
    } else {
      countAnswer();
    }
    return outcome;
  }
}
