package dev.graft.spark;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A program that says what the start of a server with these settings would say of its plugins. It
 * has Spark's class path, and no Spark runs.
 */
public final class Rehearsal {
  private static final String HOST = "dev.graft.spark.host.HostRehearsal";

  private Rehearsal() {}

  /**
   * Loads the plugins and ends this JVM.
   *
   * @param arguments a file of settings, as properties, and the file for the result: one line of
   *     JSON with the load report, or with the message of the refusal
   */
  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
      properties.load(reader);
    }
    Map<String, String> settings = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> settings.put(name, properties.getProperty(name)));
    String result =
        (String)
            NestedClassLoader.open("graft/host/")
                .loadClass(HOST)
                .getMethod("run", Map.class)
                .invoke(null, settings);
    Files.writeString(Path.of(arguments[1]), result);
    System.exit(0); // what plugins have started may run on
  }
}
