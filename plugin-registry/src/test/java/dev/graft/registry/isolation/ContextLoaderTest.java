package dev.graft.registry.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.registry.RequestContext;
import dev.graft.registry.Snapshot;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.testkit.TestRequest;
import dev.graft.registry.testkit.TestServer;
import dev.graft.spi.Answer;
import dev.graft.spi.Engine;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.testkit.jar.PluginJar;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What libraries find that look for services and classes by the thread's context loader. */
class ContextLoaderTest {
  @TempDir Path folder;
  private final Thread thread = Thread.currentThread();
  private final ClassLoader before = thread.getContextClassLoader();
  private URLClassLoader host;

  @BeforeEach
  void serve() throws IOException {
    Path jar =
        PluginJar.of(
                "package host; public interface Source { String name(); }",
                "package host; public class Csv implements Source { public String name() { return \"csv\"; } }",
                "package org.words; public interface Words { String hello(); }",
                "package org.words; public class HostWords implements Words { public String hello() { return \"host\"; } }")
            .service("host.Source", "host.Csv")
            .service("org.words.Words", "org.words.HostWords")
            .writeTo(folder.resolve("host").resolve("host.jar"));
    host =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    thread.setContextClassLoader(host);
  }

  @AfterEach
  void leave() throws IOException {
    thread.setContextClassLoader(before);
    host.close();
  }

  /** A plugin with a library of which it, and its host too, have a provider. */
  private Snapshot load(boolean portable, String answer) {
    PluginJar jar =
        PluginJar.of(
                """
                public class Speaker implements %s {
                  static final ClassLoader LINKED = Thread.currentThread().getContextClassLoader();
                  private final ClassLoader made = Thread.currentThread().getContextClassLoader();
                  private ClassLoader asked;
                  public ExtensionKind kind() { return ExtensionKind.RELATION; }
                  public Set<String> messageNames() {
                    asked = Thread.currentThread().getContextClassLoader();
                    return Set.of("acme.v1.Speaker");
                  }
                  public MessageDescription describe(String message) {
                    return new MessageDescription("speaker", "" + isOurs(Thread.currentThread().getContextClassLoader()), new byte[0]);
                  }
                  static boolean isOurs(ClassLoader loader) { return loader == Speaker.class.getClassLoader(); }
                  static <T> String all(Class<T> service, java.util.function.Function<T, String> name) {
                    StringBuilder names = new StringBuilder();
                    for (T found : ServiceLoader.load(service)) names.append(name.apply(found)).append(' ');
                    return names.toString().strip();
                  }
                  public Optional<Answer> answer(Extension extension, HostContext context) throws Exception {
                    if (extension.value().remaining() > 0) {
                      Thread.currentThread().setContextClassLoader(null);
                      throw new IllegalStateException("no");
                    }
                    return Optional.of(new Answer.Node(String.valueOf(%s).getBytes()));
                  }
                }
                """
                    .formatted(portable ? "ExtensionPlugin" : "NativePlugin", answer),
                "package org.words; public interface Words { String hello(); }",
                "package org.words; public class OwnWords implements Words { public String hello() { return \"own\"; } }")
            .compiledAgainst(folder.resolve("host").resolve("host.jar"))
            .service("org.words.Words", "org.words.OwnWords");
    Snapshot snapshot =
        new TestServer(folder.resolve("plugins"))
            .with(host, "host.")
            .install("speaker.jar", jar)
            .relations("acme.Speaker")
            .start();
    assertThat(snapshot.report().refused()).isEmpty();
    assertThat(thread.getContextClassLoader()).isSameAs(host);
    return snapshot;
  }

  private String answer(boolean portable, String expression) {
    return TestServer.answer(load(portable, expression), TestRequest.relation("acme.v1.Speaker"));
  }

  @Test
  void aPluginIsMadeAskedAndCalledUnderItsOwnLoader() {
    assertThat(
            answer(
                true,
                "isOurs(LINKED) + \" \" + isOurs(made) + \" \" + isOurs(asked) + \" \""
                    + " + isOurs(Thread.currentThread().getContextClassLoader())"))
        .isEqualTo("true true true true");
  }

  @Test
  void aPluginDescribesItselfUnderItsOwnLoader() {
    Snapshot snapshot = load(true, "1");

    assertThat(snapshot.index().extensions().get(0).documentation()).isEqualTo("true");
    assertThat(thread.getContextClassLoader()).isSameAs(host);
  }

  @Test
  void theThreadHasItsLoaderBackWhateverThePluginDoes() {
    Snapshot snapshot = load(true, "1");

    assertThatThrownBy(
            () -> TestServer.send(snapshot, TestRequest.relation("acme.v1.Speaker", "fail")))
        .isInstanceOf(GraftException.class);
    assertThat(thread.getContextClassLoader()).isSameAs(host);
  }

  @Test
  void aPluginsLibraryFindsThePluginsServicesAlone() {
    assertThat(answer(true, "all(org.words.Words.class, org.words.Words::hello)")).isEqualTo("own");
    assertThat(answer(false, "all(org.words.Words.class, org.words.Words::hello)"))
        .isEqualTo("own");
  }

  @Test
  void theEngineFindsItsOwnServicesAndClassesWhileANativePluginCallsIt() {
    assertThat(
            answer(
                false,
                "all(host.Source.class, host.Source::name) + \" \""
                    + " + Thread.currentThread().getContextClassLoader().loadClass(\"org.words.HostWords\").getSimpleName()"
                    + " + \" \" + isOurs(Thread.currentThread().getContextClassLoader().loadClass(\"org.words.Words\").getClassLoader())"))
        .isEqualTo("csv HostWords true");
  }

  /** Tells of each question under which loader it is asked. */
  private record Host(StringBuilder seen) implements RequestContext, Engine {
    private void look() {
      seen.append(Thread.currentThread().getContextClassLoader().getClass().getSimpleName())
          .append(' ');
    }

    @Override
    public String userId() {
      return "ada";
    }

    @Override
    public String sessionId() {
      return "1";
    }

    @Override
    public dev.graft.spi.HostContext.Phase phase() {
      return dev.graft.spi.HostContext.Phase.ANALYSIS;
    }

    @Override
    public String hostName() {
      return "test";
    }

    @Override
    public String connectVersion() {
      return "4.2.0";
    }

    @Override
    public byte[] schema(Extension asker, byte[] relation) {
      look();
      return new byte[0];
    }

    @Override
    public Optional<Engine> engine() {
      return Optional.of(this);
    }

    @Override
    public Object session() {
      return this;
    }

    @Override
    public Object relation(byte[] relation) {
      look();
      return this;
    }

    @Override
    public Object expression(byte[] expression) {
      look();
      return this;
    }
  }

  @Test
  void theHostAnswersAPluginsQuestionsUnderTheHostsLoader() {
    Snapshot snapshot =
        load(
            true,
            "context.schema(new byte[0]).length + \"\" + (context.engine().get().relation(new byte[0]) == null)"
                + " + (context.engine().get().expression(new byte[0]) == null)"
                + " + isOurs(Thread.currentThread().getContextClassLoader())");
    Host request = new Host(new StringBuilder());
    Extension extension =
        new Extension(
            ExtensionKind.RELATION, "acme.v1.Speaker", java.nio.ByteBuffer.wrap(new byte[0]));

    Answer answer = snapshot.dispatcher().dispatch(extension, request).answer();

    assertThat(new String(((Answer.Node) answer).bytes(), StandardCharsets.UTF_8))
        .isEqualTo("0falsefalsetrue");
    assertThat(request.seen().toString())
        .isEqualTo("URLClassLoader URLClassLoader URLClassLoader ");
  }

  @Test
  void aResourceAndAllOfItsNameAreLookedForInTheSamePlaces() {
    assertThat(
            answer(
                true,
                "Collections.list(Speaker.class.getClassLoader().getResources(\"host/Csv.class\"))"
                    + ".equals(List.of(Speaker.class.getClassLoader().getResource(\"host/Csv.class\")))"
                    + " + \" \" + Collections.list(Speaker.class.getClassLoader().getResources(\"java/lang/String.class\")).size()"
                    + " + \" \" + Speaker.class.getClassLoader().getResource(\"org/words/HostWords.class\")"
                    + " + \" \" + Collections.list(Speaker.class.getClassLoader().getResources(\"META-INF/services/org.words.Words\")).size()"))
        .isEqualTo("true 1 null 1");
  }
}
