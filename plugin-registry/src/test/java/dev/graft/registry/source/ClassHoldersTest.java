package dev.graft.registry.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.graft.registry.invoke.PluginOrigin;
import dev.graft.registry.isolation.Library;
import dev.graft.registry.loading.PluginBundle;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which jars have a class, and how often jars are asked until that is known. */
class ClassHoldersTest {
  private final AtomicInteger asked = new AtomicInteger();

  /** A jar of which it is counted how often it is asked. */
  private class Jar implements Library {
    private final Set<String> there;

    Jar(String... there) {
      this.there = Set.of(there);
    }

    @Override
    public byte[] read(String path) {
      return fail("Nothing of %s is to be read", path);
    }

    @Override
    public boolean contains(String path) {
      asked.incrementAndGet();
      return there.contains(path);
    }

    @Override
    public URL url(String path) {
      return fail("No URL of %s is needed", path);
    }

    @Override
    public List<String> paths() {
      return List.copyOf(there);
    }

    @Override
    public long size() {
      return there.size();
    }

    @Override
    public Path origin() {
      return Path.of("jar");
    }

    @Override
    public Optional<Object> version() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  /** A jar of which the list would be long. */
  private final class LargeJar extends Jar {
    LargeJar(String there) {
      super(there);
    }

    @Override
    public long size() {
      return 100_000;
    }

    @Override
    public List<String> paths() {
      return fail("A large jar is to be asked, and not to be listed");
    }
  }

  private static PluginBundle bundle(String id, Library... libraries) {
    return new PluginBundle(new PluginOrigin(id, "", id + ".jar"), List.of(libraries));
  }

  @Test
  void aThousandJarsAreAskedAThousandTimesAndNotAMillion() {
    int many = 1_000;
    List<PluginBundle> bundles = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      bundles.add(bundle("p" + i, new Jar("acme/Plugin" + i + ".class", "acme/Own" + i)));
    }
    ClassHolders holders = new ClassHolders(bundles);

    for (int i = 0; i < many; i++) {
      assertThat(holders.of("acme.Plugin" + i)).containsExactly(bundles.get(i));
    }
    assertThat(holders.of("acme.Missing")).isEmpty();
    assertThat(asked.get()).isEqualTo(many);
  }

  @Test
  void whoHasAClassIsToldInTheOrderOfTheFoldersLargeJarsToo() {
    List<PluginBundle> bundles = new ArrayList<>();
    bundles.add(bundle("large", new LargeJar("acme/Both.class")));
    bundles.add(bundle("folder", new Jar("acme/Both.class"), new Jar("acme/Both.class")));
    bundles.add(bundle("later", new LargeJar("acme/Both.class")));
    for (int i = 0; i < 5; i++) {
      bundles.add(bundle("other" + i, new Jar("acme/Other.class")));
    }

    assertThat(new ClassHolders(bundles).of("acme.Both"))
        .extracting(bundle -> bundle.origin().id())
        .containsExactly("large", "folder", "later");
    assertThat(new ClassHolders(bundles.subList(0, 1)).of("acme.Both")).hasSize(1);
  }

  @Test
  void aClassThatAJarHasForAVersionOfJavaIsFoundWhereThatIsTheJars() {
    Library forThis =
        new Jar("acme/New.class", "META-INF/versions/17/acme/New.class") {
          @Override
          public List<String> paths() {
            return List.of("META-INF/versions/17/acme/New.class");
          }
        };
    Library forLater = new Jar("META-INF/versions/99/acme/New.class");
    List<PluginBundle> bundles =
        List.of(bundle("this", forThis), bundle("later", forLater), bundle("none", new Jar("x")));

    assertThat(new ClassHolders(bundles).of("acme.New")).containsExactly(bundles.get(0));
  }
}
