package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.error.GraftException;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway of an installation that leaves RocksDB out, as the one from PyPI does. */
class WithoutRocksDbTest {
  @Test
  void everythingElseWorks() throws Exception {
    assertThat(start("")).startsWith("sc://");
  }

  @Test
  void aFolderForSessionsIsRefusedWithTheJarThatIsMissing(@TempDir Path folder) throws Exception {
    assertThat(start(folder.toString()))
        .startsWith("GRAFT_CONFIGURATION_INVALID ")
        .contains("needs RocksDB")
        .containsPattern(
            "rocksdbjni-(\\d+(\\.\\d+)+)\\.jar \\(from Maven: org\\.rocksdb:rocksdbjni:\\1\\)")
        .contains("jdbc:postgresql:");
  }

  /** Starts a gateway in class loaders of its own, which do not have RocksDB. */
  private static String start(String store) throws Exception {
    URL[] classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("rocksdbjni"))
            .map(WithoutRocksDbTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader loader =
        new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
      Object start = loader.loadClass(Start.class.getName()).getDeclaredConstructor().newInstance();
      @SuppressWarnings("unchecked")
      Function<String, String> function = (Function<String, String>) start;
      return function.apply(store);
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What runs in those loaders. */
  public static final class Start implements Function<String, String> {
    @Override
    public String apply(String store) {
      Map<String, String> entries = new HashMap<>();
      entries.put("graft.gateway.port", "0");
      entries.put("graft.gateway.drain-seconds", "0");
      entries.put("graft.sessions.plugins", "any");
      if (!store.isEmpty()) {
        entries.put("graft.gateway.session-store", store);
      }
      try (Gateway gateway =
          Gateway.start(
              GatewaySettings.parse(entries), entries, BackendAddress.parse("sc://127.0.0.1:1"))) {
        return gateway.address();
      } catch (GraftException e) {
        return e.code() + " " + e.getMessage();
      }
    }
  }
}
