package dev.graft.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.invoke.PluginOrigin;
import dev.graft.registry.testkit.TestRequest;
import dev.graft.registry.testkit.TestServer;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.HostContext;
import dev.graft.spi.NativePlugin;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The rules of dispatch for any plugins in any order, against the plain reading of them: a list,
 * tried from its head.
 */
class DispatchRulesTest {
  private static final String ANY = ExtensionPlugin.ANY_MESSAGE;
  private static final List<String> NAMES =
      List.of("acme.v1.TopK", "acme.v1.TopN", "acme.v2.TopK", "com.other.Join", "Bare");

  /** What is random of a plugin. */
  private record Script(
      ExtensionKind kind, Set<String> messageNames, boolean accepts, boolean portable) {
    boolean takes(ExtensionKind wanted, String messageName) {
      return kind == wanted && (messageNames.contains(messageName) || messageNames.contains(ANY));
    }

    ExtensionPlugin plugin(String name, List<String> asked) {
      return portable ? new Scripted(this, name, asked) : new NativeScripted(this, name, asked);
    }
  }

  /** A plugin that writes down when it is asked. */
  private static class Scripted implements ExtensionPlugin {
    private final Script script;
    private final String name;
    private final List<String> asked;

    Scripted(Script script, String name, List<String> asked) {
      this.script = script;
      this.name = name;
      this.asked = asked;
    }

    @Override
    public ExtensionKind kind() {
      return script.kind();
    }

    @Override
    public Set<String> messageNames() {
      return script.messageNames();
    }

    @Override
    public Optional<Answer> answer(Extension extension, HostContext context) {
      asked.add(name);
      if (!script.accepts()) {
        return Optional.empty();
      }
      return Optional.of(
          kind() == ExtensionKind.COMMAND ? new Answer.Done() : new Answer.Node(new byte[0]));
    }
  }

  private static final class NativeScripted extends Scripted implements NativePlugin {
    NativeScripted(Script script, String name, List<String> asked) {
      super(script, name, asked);
    }
  }

  /** Plugins in order, with the list of those that were asked. */
  record Server(
      List<LoadedPlugin> plugins,
      Map<LoadedPlugin, Script> scripts,
      Dispatcher dispatcher,
      List<String> asked) {
    static Server of(List<Script> scripts) {
      List<String> asked = new ArrayList<>();
      Map<LoadedPlugin, Script> plugins = new LinkedHashMap<>();
      for (Script script : scripts) {
        String name = "acme.Plugin" + plugins.size();
        plugins.put(
            TestServer.loaded(
                script.plugin(name, asked),
                name,
                new PluginOrigin("acme", "1.0", "/plugins/acme.jar")),
            script);
      }
      List<LoadedPlugin> inOrder = List.copyOf(plugins.keySet());
      return new Server(
          inOrder, plugins, new Dispatcher(new PluginIndex(inOrder), List.of()), asked);
    }

    /** The oracle: those that are for the message, in configured order. */
    List<LoadedPlugin> inTurn(ExtensionKind kind, String messageName) {
      return plugins.stream().filter(plugin -> script(plugin).takes(kind, messageName)).toList();
    }

    Set<String> names(ExtensionKind kind) {
      return plugins.stream()
          .filter(plugin -> plugin.kind() == kind)
          .flatMap(plugin -> plugin.messageNames().stream())
          .collect(Collectors.toSet());
    }

    boolean accepts(LoadedPlugin plugin) {
      return script(plugin).accepts();
    }

    private Script script(LoadedPlugin plugin) {
      return Objects.requireNonNull(scripts.get(plugin));
    }
  }

  @Provide
  Arbitrary<Server> servers() {
    Arbitrary<Set<String>> names = Arbitraries.of(NAMES).set().ofMinSize(1).ofMaxSize(3);
    Arbitrary<Set<String>> namesOrAny =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(5, names),
            net.jqwik.api.Tuple.of(1, Arbitraries.just(Set.of(ANY))));
    return Combinators.combine(
            Arbitraries.of(ExtensionKind.class),
            namesOrAny,
            Arbitraries.of(true, false, false),
            Arbitraries.of(true, true, false))
        .as(Script::new)
        .list()
        .ofMaxSize(12)
        .map(Server::of);
  }

  @Provide
  Arbitrary<String> messageNames() {
    return Arbitraries.oneOf(
        Arbitraries.of(NAMES), Arbitraries.just("acme.v1.Nobody"), Arbitraries.just(ANY));
  }

  @Provide
  Arbitrary<String> prefixes() {
    return Arbitraries.of(
        "type.googleapis.com/", "acme.dev/", "", "/", "///", "type.googleapis.com//", "a/b/c/");
  }

  private static Extension extension(ExtensionKind kind, String typeUrl) {
    return new Extension(kind, typeUrl, ByteBuffer.allocate(0));
  }

  @Property(tries = 300)
  void theFirstInConfiguredOrderThatAcceptsWins(
      @ForAll("servers") Server server,
      @ForAll ExtensionKind kind,
      @ForAll("messageNames") String name,
      @ForAll("prefixes") String prefix) {
    List<LoadedPlugin> inTurn = server.inTurn(kind, name);
    Optional<LoadedPlugin> winner = inTurn.stream().filter(server::accepts).findFirst();
    List<LoadedPlugin> expected =
        winner.isPresent() ? inTurn.subList(0, inTurn.indexOf(winner.get()) + 1) : inTurn;

    Optional<LoadedPlugin> answered;
    try {
      answered =
          Optional.of(
              server
                  .dispatcher()
                  .dispatch(extension(kind, prefix + name), TestRequest.SOME)
                  .plugin());
    } catch (GraftException e) {
      answered = Optional.empty();
    }

    assertThat(answered).isEqualTo(winner);
    assertThat(server.asked()).isEqualTo(expected.stream().map(LoadedPlugin::className).toList());
    assertThat(server.plugins())
        .allSatisfy(
            plugin -> {
              boolean declined = expected.contains(plugin) && !Optional.of(plugin).equals(winner);
              assertThat(plugin.counters().all().declined()).isEqualTo(declined ? 1 : 0);
              assertThat(plugin.counters().all().accepted())
                  .isEqualTo(Optional.of(plugin).equals(winner) ? 1 : 0);
              assertThat(plugin.counters().all().failed()).isZero();
            });
  }

  @Property(tries = 300)
  void whereNobodyAcceptsTheRefusalNamesWhatWasTried(
      @ForAll("servers") Server server,
      @ForAll ExtensionKind kind,
      @ForAll("messageNames") String name,
      @ForAll("prefixes") String prefix) {
    List<LoadedPlugin> inTurn = server.inTurn(kind, name);
    if (inTurn.stream().anyMatch(server::accepts)) {
      return;
    }
    boolean isKnown = inTurn.stream().anyMatch(plugin -> plugin.messageNames().contains(name));

    GraftException refusal =
        catchThrowableOfType(
            GraftException.class,
            () -> server.dispatcher().dispatch(extension(kind, prefix + name), TestRequest.SOME));

    assertThat(refusal.code())
        .isEqualTo(
            isKnown ? ErrorCode.GRAFT_EXTENSION_DECLINED : ErrorCode.GRAFT_EXTENSION_UNKNOWN);
    assertThat(refusal.text()).contains("the " + kind.word() + " extension " + prefix + name);
    for (LoadedPlugin plugin : server.plugins()) {
      // With the blank behind it: Plugin1 must not be found in Plugin10.
      assertThat(refusal.text().contains(plugin.className() + " (acme 1.0, acme.jar)"))
          .isEqualTo(inTurn.contains(plugin));
    }
  }

  @Property(tries = 300)
  void portableDispatchStopsWhereANativePluginsTurnComes(
      @ForAll("servers") Server server,
      @ForAll ExtensionKind kind,
      @ForAll("messageNames") String name) {
    List<String> expected = new ArrayList<>();
    Optional<String> winner = Optional.empty();
    boolean refused = true;
    for (LoadedPlugin plugin : server.inTurn(kind, name)) {
      if (!plugin.portable()) {
        refused = false;
        break;
      }
      expected.add(plugin.className());
      if (server.accepts(plugin)) {
        refused = false;
        winner = Optional.of(plugin.className());
        break;
      }
    }

    Optional<String> answered = Optional.empty();
    boolean threw = false;
    try {
      answered =
          server
              .dispatcher()
              .dispatchPortable(extension(kind, "type.googleapis.com/" + name), TestRequest.SOME)
              .map(dispatched -> dispatched.plugin().className());
    } catch (GraftException e) {
      threw = true;
    }

    assertThat(server.asked()).isEqualTo(expected);
    assertThat(answered).isEqualTo(winner);
    assertThat(threw).isEqualTo(refused);
  }

  /** The rule as it is told, read plainly. */
  private static List<LoadedPlugin> whoIsAsked(
      Server above, Server below, ExtensionKind kind, String name, PluginIndex.Claim claim) {
    boolean isBelows = below.names(kind).contains(name);
    List<LoadedPlugin> ofBelow = below.inTurn(kind, name);
    if (isBelows && claim == PluginIndex.Claim.BELOW) {
      return ofBelow;
    }
    return Stream.concat(above.inTurn(kind, name).stream(), ofBelow.stream()).toList();
  }

  @Property(tries = 300)
  void ofTwoSetsTheOneThatHasTheClaimAnswers(
      @ForAll("servers") Server above,
      @ForAll("servers") Server below,
      @ForAll ExtensionKind kind,
      @ForAll("messageNames") String name,
      @ForAll("prefixes") String prefix,
      @ForAll PluginIndex.Claim claim) {
    PluginIndex both =
        new PluginIndex(above.plugins()).over(new PluginIndex(below.plugins()), claim);

    assertThat(both.candidates(kind, prefix + name))
        .isEqualTo(whoIsAsked(above, below, kind, name, claim));
    assertThat(both.plugins())
        .isEqualTo(Stream.concat(above.plugins().stream(), below.plugins().stream()).toList());
  }

  @Property(tries = 300)
  void whatNobodyIsForIsAnsweredFromOneListThatIsNeverCopied(
      @ForAll("servers") Server server, @ForAll ExtensionKind kind, @ForAll String noise) {
    // The same list for every unknown URL, made with the snapshot: nothing is kept of what clients
    // send.
    PluginIndex snapshot = new PluginIndex(server.plugins());
    List<LoadedPlugin> takersOfAny = snapshot.candidates(kind, "nobody/is.for.This");

    assertThat(snapshot.candidates(kind, noise + "?/unknown." + noise + "?")).isSameAs(takersOfAny);
    assertThat(takersOfAny)
        .isEqualTo(
            server.plugins().stream()
                .filter(plugin -> plugin.kind() == kind && plugin.messageNames().contains(ANY))
                .toList());
  }

  @Property(tries = 300)
  void aRefusalIsShortAndOnOneLineWhateverTheClientSends(@ForAll String typeUrl) {
    GraftException refusal =
        catchThrowableOfType(
            GraftException.class,
            () ->
                Server.of(List.of())
                    .dispatcher()
                    .dispatch(
                        extension(ExtensionKind.RELATION, typeUrl.repeat(20)), TestRequest.SOME));

    assertThat(refusal.text().length()).isLessThan(700);
    assertThat(refusal.text().chars().anyMatch(Character::isISOControl)).isFalse();
  }

  private static Script plugin(ExtensionKind kind, String messageName) {
    return new Script(kind, Set.of(messageName), false, true);
  }

  private static String refusalOf(Dispatcher dispatcher, ExtensionKind kind, String typeUrl) {
    GraftException refusal =
        catchThrowableOfType(
            GraftException.class,
            () -> dispatcher.dispatch(extension(kind, typeUrl), TestRequest.SOME));
    return "[" + refusal.code() + "] " + refusal.text();
  }

  @Example
  void declinedByAllPluginsNamesTheTypeUrlAndThePlugins() {
    Server server =
        Server.of(
            List.of(
                plugin(ExtensionKind.RELATION, "acme.v1.TopK"),
                plugin(ExtensionKind.RELATION, ANY)));

    assertThat(refusalOf(server.dispatcher(), ExtensionKind.RELATION, "acme.dev/acme.v1.TopK"))
        .isEqualTo(
            "[GRAFT_EXTENSION_DECLINED] Every plugin for the relation extension acme.dev/acme.v1.TopK declined it: acme.Plugin0 (acme 1.0,"
                + " acme.jar), acme.Plugin1 (acme 1.0, acme.jar).");
  }

  @Example
  void unknownTypeUrlNamesTheClosest() {
    Server server =
        Server.of(
            List.of(
                plugin(ExtensionKind.RELATION, "acme.v1.TopK"),
                plugin(ExtensionKind.RELATION, "com.other.Join")));

    assertThat(
            refusalOf(
                server.dispatcher(), ExtensionKind.RELATION, "type.googleapis.com/acme.v1.Topk2"))
        .isEqualTo(
            "[GRAFT_EXTENSION_UNKNOWN] No plugin is loaded for the relation extension type.googleapis.com/acme.v1.Topk2."
                + " Closest loaded names: acme.v1.TopK.");
  }

  @Example
  void unknownTypeUrlWithNothingLikeItNamesNothingThatIsLoaded() {
    Server server =
        Server.of(
            List.of(
                plugin(ExtensionKind.RELATION, "acme.v1.TopK"),
                plugin(ExtensionKind.RELATION, ANY)));

    assertThat(refusalOf(server.dispatcher(), ExtensionKind.RELATION, "x/Y"))
        .isEqualTo(
            "[GRAFT_EXTENSION_UNKNOWN] No plugin is loaded for the relation extension x/Y. Asked, since they take every message, and declined:"
                + " acme.Plugin1 (acme 1.0, acme.jar). No loaded name is like it.");
  }

  @Example
  void messageOfAnotherKindIsToldSo() {
    Server server = Server.of(List.of(plugin(ExtensionKind.EXPRESSION, "acme.v1.TopK")));

    assertThat(refusalOf(server.dispatcher(), ExtensionKind.RELATION, "x/acme.v1.TopK"))
        .isEqualTo(
            "[GRAFT_EXTENSION_UNKNOWN] No plugin is loaded for the relation extension x/acme.v1.TopK. It is loaded as an expression: send it"
                + " as one. The server has no relation plugin at all.");
  }

  @Example
  void whatWasRefusedAtStartUpIsNamedToWhomMissesIt() {
    Refusal refusal =
        new Refusal("acme.TopKPlugin", ErrorCode.GRAFT_LINK_MISMATCH, "It does not fit.", false);
    Dispatcher dispatcher = new Dispatcher(new PluginIndex(List.of()), List.of(refusal));

    assertThat(refusalOf(dispatcher, ExtensionKind.COMMAND, "x/acme.v1.TopK"))
        .endsWith(
            "Refused at start-up: acme.TopKPlugin (GRAFT_LINK_MISMATCH); see the load report in the server's log.");
  }

  @Example
  void whereTheServerKeepsARefusedJarIsNotForClients() {
    Refusal refusal =
        new Refusal(
            "/opt/graft/plugins/acme.jar", ErrorCode.GRAFT_JAR_UNREADABLE, "No zip.", false);
    Dispatcher dispatcher = new Dispatcher(new PluginIndex(List.of()), List.of(refusal));

    assertThat(refusalOf(dispatcher, ExtensionKind.COMMAND, "x/acme.v1.TopK"))
        .endsWith(
            "Refused at start-up: acme.jar (GRAFT_JAR_UNREADABLE); see the load report in the server's log.");
  }
}
