package dev.graft.testkit.contract;

import com.google.protobuf.Any;
import com.google.protobuf.Internal;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.spi.Extension;
import dev.graft.testkit.arbitrary.ConnectArbitraries;
import dev.graft.testkit.memory.TestedPlugins;
import dev.graft.testkit.memory.TreePrinter;
import dev.graft.testkit.seed.SeededProperties;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * What all contracts have in common: the plugin they are about, and what they send it. Tests extend
 * {@link PluginContract}, or for native plugins the contract of {@code plugin-testkit-spark}.
 *
 * <p>Each run sends the same messages, so that builds are repeatable. With another {@code
 * GRAFT_TEST_SEED} in the environment, it sends others.
 */
@AddLifecycleHook(SeededProperties.class)
public abstract class ExtensionContract {
  private final TestedPlugins plugins = tested(plugin());
  private final TreePrinter printer = new TreePrinter(plugins);
  private final int few;
  private final Reasons reasons = new Reasons();
  private int answersNeeded;
  private int answers;

  /**
   * For the contracts.
   *
   * @param few the least number of tries after which the share of answers is judged
   */
  protected ExtensionContract(int few) {
    this.few = few;
  }

  /** A plugin that has not been used, made anew at each call. */
  protected abstract Object plugin();

  /** The class of the messages that the plugin is for; empty if it names none. */
  protected abstract Optional<Class<? extends Message>> messageType();

  /** What the plugin sees as its settings; none unless overridden. */
  protected Map<String, String> settings() {
    return Map.of();
  }

  /**
   * Messages for the plugin, most of which it should answer. Unless overridden, messages of its
   * type with all kinds of values.
   *
   * @throws IllegalStateException if the plugin says no message class: then {@link #extensions} is
   *     to be overridden
   */
  protected Arbitrary<? extends Message> messages() {
    return ConnectArbitraries.messages(
        prototype()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        plugin().getClass().getName()
                            + " has no message class. Override messages() or extensions().")));
  }

  /** What clients send: {@link #messages} in the usual packing, unless overridden. */
  protected Arbitrary<Any> extensions() {
    return messages().map(Samples::pack);
  }

  /**
   * Whether a contract may send this extension, whatever bytes it holds; true unless overridden.
   * For plugins whose effects a test must not have.
   */
  protected boolean maySend(Any extension) {
    return true;
  }

  /** The plugin as hosts have it. */
  protected final TestedPlugins plugins() {
    return plugins;
  }

  /** The plugin as a registry has it. */
  protected LoadedPlugin loaded() {
    return plugins.index().plugins().get(0);
  }

  /** An empty message of the plugin's type; empty if it is for every message or names no class. */
  protected final Optional<Message> prototype() {
    return messageType().filter(type -> type != Any.class).map(Internal::getDefaultInstance);
  }

  /** Plugins, each with the settings of the tested one. */
  protected final TestedPlugins tested(Object... tested) {
    return TestedPlugins.of(List.of(tested), settings());
  }

  /** Something to try. */
  protected final Sample sample(Any any) {
    return new Sample(loaded().kind(), any.getTypeUrl(), any.getValue(), printer);
  }

  /** Prints what these plugins are asked and answer. */
  protected final TreePrinter printer() {
    return printer;
  }

  @Provide("graft.samples")
  Arbitrary<Sample> samples() {
    return extensions().filter(this::maySend).map(this::sample);
  }

  @Provide("graft.hostileSamples")
  Arbitrary<Sample> hostileSamples() {
    List<String> names = loaded().messageNames().stream().sorted().toList(); // as in every JVM
    Optional<Message> prototype = prototype();
    Arbitrary<byte[]> bytes =
        ConnectArbitraries.hostileBytes(
            prototype.map(Message::getDescriptorForType).orElse(Any.getDescriptor()));
    Arbitrary<Any> hostile =
        bytes.flatMap(value -> Arbitraries.of(names).map(name -> Samples.pack(name, value)));
    Arbitrary<Any> deep =
        prototype.isPresent()
            ? messages().map(message -> Samples.pack(Samples.deep(message)))
            : hostile;
    return Arbitraries.frequencyOf(
            Tuple.of(6, extensions()), Tuple.of(6, hostile), Tuple.of(1, deep))
        .filter(this::maySend)
        .map(this::sample);
  }

  @Provide("graft.foreignSamples")
  Arbitrary<Sample> foreignSamples() {
    return foreign().map(this::sample);
  }

  /**
   * Extensions of no type that the plugin names: noise, and the plugin's own messages under another
   * name.
   */
  protected Arbitrary<Any> foreign() {
    Set<String> own = loaded().messageNames();
    Arbitrary<String> names =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .ofMinLength(1)
            .ofMaxLength(12)
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(parts -> String.join(".", parts))
            .filter(name -> !own.contains(name));
    Arbitrary<byte[]> noise = ConnectArbitraries.hostileBytes(Any.getDescriptor());
    Arbitrary<byte[]> similar =
        extensions().filter(this::maySend).map(any -> any.getValue().toByteArray());
    return names.flatMap(
        name -> Arbitraries.oneOf(noise, similar).map(value -> Samples.pack(name, value)));
  }

  /** Whether the plugin names a message as its own. */
  protected final boolean isOwn(Any any) {
    return loaded().messageNames().contains(Extension.messageName(any.getTypeUrl()));
  }

  /**
   * The same sample with other inputs; empty where the bytes are no message of the plugin's type,
   * or the type is not known.
   */
  protected final Optional<Sample> marked(Sample sample, MarkedInputs inputs) {
    return prototype()
        .flatMap(prototype -> read(prototype, sample))
        .map(message -> sample(Samples.pack(inputs.mark(message))));
  }

  private static Optional<Message> read(Message prototype, Sample sample) {
    try {
      return Optional.of(prototype.getParserForType().parseFrom(sample.value()));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  /** Counts an answer for a rule about answers. Such a rule fails if it gets hardly any. */
  protected final void countAnswer() {
    answersNeeded++;
    answers++;
  }

  /**
   * Counts a sample for which a rule about answers got none.
   *
   * @param reason in words
   */
  protected final void countRefusal(String reason) {
    answersNeeded++;
    reasons.add(reason);
  }

  /** Fails a rule about answers if too few samples were answered for it to say anything. */
  @AfterProperty
  void requireAnswers() {
    if (answersNeeded >= few && answers * 100 < answersNeeded) {
      throw new AssertionError(
          loaded().className()
              + " answers "
              + answers
              + " of "
              + answersNeeded
              + " messages, so that the rule was hardly tried. Override messages() with messages that it takes."
              + reasons.commonest());
    }
  }
}
