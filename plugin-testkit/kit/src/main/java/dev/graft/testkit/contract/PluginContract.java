package dev.graft.testkit.contract;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.line.ConnectFields;
import dev.graft.registry.line.ConnectLine;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.testkit.arbitrary.ConnectArbitraries;
import dev.graft.testkit.memory.TestedPlugins;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.spark.connect.proto.DataType;

/**
 * Rules that every portable plugin keeps, whatever clients send. The test of a plugin extends this
 * and says which plugin; jqwik then tries each rule with hundreds of messages.
 *
 * <pre>{@code
 * class TopKContractTest extends PluginContract {
 *   @Override protected Object plugin() { return new TopKPlugin(); }
 * }
 * }</pre>
 *
 * <p>Messages are made from the descriptor of the plugin's message type. The answers to {@code
 * context.schema} are random too, except for relations that say what their columns are. A rule
 * about answers fails if not one message of a hundred is answered: {@link #messages} is then to be
 * overridden with such as the plugin takes.
 */
public abstract class PluginContract extends ExtensionContract {
  private static final int TRIES = 200;

  /** For the tests that extend it. */
  protected PluginContract() {
    super(TRIES / 2);
  }

  @Override
  protected final Optional<Class<? extends Message>> messageType() {
    return Samples.messageType(plugin());
  }

  /**
   * How often an input may stand in an answer: once, unless overridden. With more, the plan
   * multiplies at each level where clients nest operations, as deep as they like.
   */
  protected int mostPlacesOfAnInput() {
    return 1;
  }

  /** The lines whose servers the plugin is for, such as {@code 3.5}; all unless overridden. */
  protected List<String> lines() {
    return ConnectFields.lines().stream().map(ConnectLine::toString).toList();
  }

  @Override
  protected final LoadedPlugin loaded() {
    LoadedPlugin loaded = super.loaded();
    if (!loaded.portable()) {
      throw new IllegalStateException(
          loaded.className()
              + " is a native plugin, which answers inside Spark only. Extend NativePluginContract"
              + " (dev.graft:plugin-testkit-spark).");
    }
    return loaded;
  }

  @Override
  protected final Arbitrary<Any> foreign() {
    Arbitrary<Any> connects =
        ConnectArbitraries.relations().map(Samples::pack).filter(any -> !isOwn(any));
    return Arbitraries.oneOf(super.foreign(), connects);
  }

  /**
   * What {@code context.schema} tells of relations that do not say it themselves, as those of
   * {@code Nodes.rows} and {@code Nodes.range} do: any schemas unless overridden.
   */
  protected Arbitrary<DataType.Struct> schemas() {
    return ConnectArbitraries.schemas();
  }

  @Provide("graft.schemas")
  Arbitrary<DataType.Struct> providedSchemas() {
    return schemas();
  }

  private static String newest() {
    List<ConnectLine> lines = ConnectFields.lines();
    return lines.get(lines.size() - 1) + ".0";
  }

  /** Whatever comes, the plugin answers, declines, or says in a planning error what is wrong. */
  @Property(tries = 2 * TRIES, edgeCases = EdgeCasesMode.NONE)
  protected void throwsNothingButPlanningErrors(
      @ForAll("graft.hostileSamples") Sample sample,
      @ForAll("graft.schemas") DataType.Struct schema) {
    for (Trial trial :
        List.of(
            Trial.of(plugins(), newest(), TrialSchemas.of(schema)),
            Trial.withoutSchemas(plugins(), newest()))) {
      if (trial.ask(sample) instanceof Outcome.Refused refused
          && !refused.asPlanned()
          && !Fault.isOfOthers(refused.code())) {
        throw Fault.with(sample, refused.refusal().getMessage(), refused.refusal());
      }
    }
  }

  /**
   * An extension of another type is declined, even a broken one, so that the plugins behind are
   * asked.
   */
  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  protected void declinesWhatIsNotItsOwn(@ForAll("graft.foreignSamples") Sample sample) {
    ExtensionKind kind = loaded().kind();
    TestedPlugins both = tested(plugin(), new TakesEverything(kind));
    Outcome outcome =
        Trial.of(both, newest(), TrialSchemas.of(DataType.Struct.getDefaultInstance())).ask(sample);
    if (outcome instanceof Outcome.Refused refused) {
      throw Fault.with(
          sample, "It refuses what is not its own: " + refused.refusal().getMessage(), null);
    }
    if (!(outcome instanceof Outcome.Answered answered
        && answered.by().equals(TakesEverything.class.getName()))) {
      throw Fault.with(sample, "It answers what is not its own.", null);
    }
  }

  /** Each answer is a node whose every field the server's line has. */
  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  protected void emitsOnlyNodesThatItsLinesKnow(
      @ForAll("graft.samples") Sample sample, @ForAll("graft.schemas") DataType.Struct schema) {
    // Every line knows these inputs, so that an unknown field in an answer is the plugin's.
    MarkedInputs inputs = MarkedInputs.named();
    Sample plain = marked(sample, inputs).orElse(sample);
    TrialSchemas schemas = new TrialSchemas(schema, inputs.replaced());
    for (String line : lines()) {
      Outcome outcome = counted(Trial.of(plugins(), line + ".0", schemas).ask(plain));
      if (outcome instanceof Outcome.Refused refused
          && (refused.code() == ErrorCode.GRAFT_ANSWER_UNSUPPORTED
              || refused.code() == ErrorCode.GRAFT_ANSWER_INVALID
              || refused.code() == ErrorCode.GRAFT_PLUGIN_LINKAGE)) {
        throw Fault.with(plain, refused.refusal().getMessage(), refused.refusal());
      }
      if (outcome instanceof Outcome.Answered answered) {
        answered.nodes().forEach(node -> Fault.requireKnownFields(plain, node));
      }
    }
  }

  /** Inputs keep their plan ids in the answer, and nothing else has one. */
  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  protected void keepsPlanIds(
      @ForAll("graft.samples") Sample sample, @ForAll("graft.schemas") DataType.Struct schema) {
    MarkedInputs inputs = MarkedInputs.named();
    Sample marked = marked(sample, inputs).orElse(sample);
    TrialSchemas schemas = new TrialSchemas(schema, inputs.replaced());
    if (counted(Trial.of(plugins(), newest(), schemas).ask(marked))
        instanceof Outcome.Answered answered) {
      for (Outcome.Node node : answered.nodes()) {
        try {
          inputs.check(AnswerReader.read(node));
        } catch (AssertionError e) {
          throw Fault.with(marked, e.getMessage(), e);
        }
      }
    }
  }

  /**
   * Above a client's expression stands no node that Spark analyses while it plans: the expression
   * may hold a subquery, which is not known then.
   */
  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  protected void leavesAnalysisToTheWholePlan(
      @ForAll("graft.samples") Sample sample, @ForAll("graft.schemas") DataType.Struct schema) {
    MarkedInputs inputs = MarkedInputs.named();
    Sample marked = marked(sample, inputs).orElse(sample);
    TrialSchemas schemas = new TrialSchemas(schema, inputs.replaced());
    if (inputs.hasExpressions()
        && counted(Trial.of(plugins(), newest(), schemas).ask(marked))
            instanceof Outcome.Answered answered) {
      for (Outcome.Node node : answered.nodes()) {
        AnalysedAtOnce.above(inputs, AnswerReader.read(node))
            .ifPresent(
                name -> {
                  throw Fault.with(
                      marked,
                      "The answer has a "
                          + name
                          + " above an expression of the message. Spark's planner analyses that at once, so that a"
                          + " subquery in the expression (df.scalar()) fails with INTERNAL_ERROR. Say the same by a"
                          + " selection: Nodes.relation(…).select(…).",
                      null);
                });
      }
    }
  }

  /**
   * An answer holds each of its inputs no more often than {@link #mostPlacesOfAnInput}: a relation
   * extension its relations, an expression extension its expressions.
   */
  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  protected void doesNotMultiplyItsInputs(
      @ForAll("graft.samples") Sample sample, @ForAll("graft.schemas") DataType.Struct schema) {
    MarkedInputs inputs = MarkedInputs.computed();
    Sample marked = marked(sample, inputs).orElse(sample);
    TrialSchemas schemas = new TrialSchemas(schema, inputs.replaced());
    if (counted(Trial.of(plugins(), newest(), schemas).ask(marked))
        instanceof Outcome.Answered answered) {
      for (Outcome.Node node : answered.nodes()) {
        inputs
            .places(sample.kind(), AnswerReader.read(node))
            .forEach(
                (input, places) -> {
                  if (places > mostPlacesOfAnInput()) {
                    throw Fault.with(marked, multiplied(input, places), null);
                  }
                });
      }
    }
  }

  private String multiplied(String input, int places) {
    return "The input %s stands in %d places of the answer, more than %d. Each is planned and computed by itself, and three such operations in one another do so %,d times. %s, or, where that is meant, override mostPlacesOfAnInput() of the contract."
        .formatted(
            input,
            places,
            mostPlacesOfAnInput(),
            (long) places * places * places,
            loaded().kind() == ExtensionKind.EXPRESSION
                ? "Compute it once and use its value, as the argument of a lambda for example"
                : "Take what is needed of it in one pass, by a window or an aggregate");
  }

  /**
   * The same message gets the same answer: again, in another order, from another instance, and on
   * several threads at once.
   */
  @Property(tries = TRIES / 2, edgeCases = EdgeCasesMode.NONE)
  protected void isDeterministic(
      @ForAll("graft.samples") Sample first,
      @ForAll("graft.samples") Sample second,
      @ForAll("graft.schemas") DataType.Struct schema) {
    TrialSchemas schemas = TrialSchemas.of(schema);
    Trial trial = Trial.of(plugins(), newest(), schemas);
    Trial another = Trial.of(tested(plugin()), newest(), schemas);
    List<Sample> samples = new ArrayList<>(List.of(first, second));
    List<String> once = samples.stream().map(sample -> text(counted(trial.ask(sample)))).toList();
    List<String> again = samples.stream().map(sample -> text(trial.ask(sample))).toList();
    Collections.reverse(samples);
    List<String> reversed =
        new ArrayList<>(samples.stream().map(sample -> text(another.ask(sample))).toList());
    Collections.reverse(reversed);
    List<String> atOnce =
        List.of(first, second, first, second).parallelStream()
            .map(sample -> text(trial.ask(sample)))
            .toList();
    for (List<String> other :
        List.of(again, reversed, atOnce.subList(0, 2), atOnce.subList(2, 4))) {
      for (int index = 0; index < once.size(); index++) {
        if (!other.get(index).equals(once.get(index))) {
          throw Fault.with(
              index == 0 ? first : second,
              "It is answered once with\n" + once.get(index) + "and once with\n" + other.get(index),
              null);
        }
      }
    }
  }

  /** The plugin does not write to the extension's bytes, which all plugins share. */
  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  protected void doesNotTouchItsInputs(
      @ForAll("graft.samples") Sample sample, @ForAll("graft.schemas") DataType.Struct schema) {
    byte[] before = sample.value().toByteArray();
    byte[] shared = before.clone();
    Extension extension = new Extension(sample.kind(), sample.typeUrl(), ByteBuffer.wrap(shared));
    counted(Trial.of(plugins(), newest(), TrialSchemas.of(schema)).ask(extension));
    int changed = Arrays.mismatch(before, shared);
    if (changed >= 0) {
      throw Fault.with(sample, "It has written to the extension, at byte " + changed + ".", null);
    }
  }

  private String text(Outcome outcome) {
    if (outcome instanceof Outcome.Answered answered) {
      StringBuilder text = new StringBuilder(answered.answer().getClass().getSimpleName() + "\n");
      for (Outcome.Node node : answered.nodes()) {
        text.append(printer().print(node.type().fullName(), node.bytes()));
        text.append(Arrays.hashCode(node.bytes())).append('\n');
      }
      return text.toString();
    }
    return outcome instanceof Outcome.Refused refused
        ? refused.refusal().getMessage() + "\n"
        : outcome + "\n";
  }

  private Outcome counted(Outcome outcome) {
    if (outcome instanceof Outcome.Answered) {
      countAnswer();
    } else {
      countRefusal(reason(outcome));
    }
    return outcome;
  }

  private static String reason(Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      return String.valueOf(refused.refusal().getMessage());
    }
    return outcome instanceof Outcome.Declined
        ? "it declines."
        : "the contract could not tell what it asked for.";
  }
}
