package dev.graft.cli.gateway;

import dev.graft.cli.python.PythonEnvironment;
import dev.graft.cli.spark.ClassPathCache;
import dev.graft.cli.spark.SparkLine;
import dev.graft.cli.spark.SparkRuntime;
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
    command.addAll(List.of("-Djdk.reflect.useDirectMethodHandle=false", "-Xmx2g", "-cp"));
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
            "--class",
            "org.apache.spark.sql.connect.service.SparkConnectServer",
            "spark-internal"));
    return command;
  }
}
