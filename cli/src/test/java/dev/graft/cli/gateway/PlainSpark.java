package dev.graft.cli.gateway;

import dev.graft.cli.python.PythonEnvironment;
import dev.graft.servers.ClassPathCache;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A Spark Connect server from the jars of its line alone. */
final class PlainSpark {
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "jdk.internal.ref",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  /**
   * More than any answer of the tests. Of the 10 MB that Spark keeps by default, a client whose
   * connection breaks may need more: one message of 4 MB waits to be sent, and its own window,
   * which it sizes by what the network lets through, may hold the rest. Then not even a client
   * without a gateway can go on.
   */
  private static final String KEPT_FOR_REATTACHING = "128m";

  private PlainSpark() {}

  /** Starts a server, whose Python workers are those of the line's client. */
  static ServerProcess start(SparkLine line, Path folder) throws Exception {
    SparkRuntime runtime = SparkRuntime.ofLine(line, ClassPathCache.ofUser(), System.out::println);
    int port = ServerProcess.freePort();
    Path python = PythonEnvironment.placeOf(line).program("python");
    return ServerProcess.start(
        command(runtime, port), Map.of("PYSPARK_PYTHON", python.toString()), port, folder);
  }

  private static List<String> command(SparkRuntime runtime, int port) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    command.addAll(List.of("-Djdk.reflect.useDirectMethodHandle=false", "-Xmx2g"));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        runtime.classPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.addAll(
        List.of(
            "org.apache.spark.deploy.SparkSubmit",
            "--master",
            "local[2]",
            "--conf",
            "spark.ui.enabled=false",
            "--conf",
            "spark.driver.host=127.0.0.1",
            "--conf",
            "spark.driver.bindAddress=127.0.0.1",
            "--conf",
            "spark.connect.grpc.binding.port=" + port,
            "--conf",
            "spark.connect.execute.reattachable.observerRetryBufferSize=" + KEPT_FOR_REATTACHING,
            "--conf",
            "spark.acme.password=of the server",
            "--class",
            "org.apache.spark.sql.connect.service.SparkConnectServer",
            "spark-internal"));
    return command;
  }
}
