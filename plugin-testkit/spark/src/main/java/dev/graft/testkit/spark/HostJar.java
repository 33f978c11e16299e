package dev.graft.testkit.spark;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;

/** Finds the jar of {@code spark-host} on the test's class path. */
final class HostJar {
  private static final String MARK = "dev/graft/spark/GraftPlugin.class";

  private HostJar() {}

  static Path path() {
    URL url = HostJar.class.getClassLoader().getResource(MARK);
    if (url == null || !url.getProtocol().equals("jar")) {
      throw new IllegalStateException(
          "The jar dev.graft:spark-host is not on the class path"
              + (url == null ? "" : ", but " + url)
              + ". It comes with dev.graft:plugin-testkit-spark; inside Graft's own build, run 'mvn package' first.");
    }
    String text = url.toString();
    return Path.of(URI.create(text.substring("jar:".length(), text.indexOf("!/"))));
  }
}
