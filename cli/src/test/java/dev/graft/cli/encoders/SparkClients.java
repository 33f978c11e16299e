package dev.graft.cli.encoders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.graft.cli.programs.OneAtATime;
import dev.graft.servers.SparkLine;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Spark's own JVM clients as they are published, each with the line of a server to be tried on, and
 * each in a JVM of its own: two of them never fit into one.
 */
public enum SparkClients {
  CLIENT_3_5("3.5.0", SparkLine.SPARK_3_5),
  CLIENT_4_0("4.0.1", SparkLine.SPARK_4_2),
  CLIENT_4_2("4.2.0", SparkLine.SPARK_4_2);

  private static final Path JAR =
      Path.of("../encoders/java-spark/target/encoder-java-spark-0.1.0-SNAPSHOT.jar");
  private static final List<String> OPENED =
      List.of("java.lang", "java.lang.invoke", "java.nio", "java.util", "sun.nio.ch");
  private static final String BUILD_CLASS_PATH =
      "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath";

  private final String version;
  private final SparkLine line;

  SparkClients(String version, SparkLine line) {
    this.version = version;
    this.line = line;
  }

  /** The line of the server that it is tried on. */
  SparkLine line() {
    return line;
  }

  @Override
  public String toString() {
    return "client " + version;
  }

  /** Runs a program beside it; returns what the program prints. */
  public String run(String program, Path classes, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    command.add("-Dio.netty.tryReflectionSetAccessible=true");
    command.addAll(List.of("-cp", classes + File.pathSeparator + classPath(), program));
    command.addAll(arguments);
    return run(command, Path.of("."));
  }

  /** Its jars, with those of the encoder before them. */
  public String classPath() throws Exception {
    return JAR.toAbsolutePath() + File.pathSeparator + protobuf() + File.pathSeparator + resolved();
  }

  private static Path protobuf() throws URISyntaxException {
    return Path.of(Message.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** As Maven resolves it; the answer stays in {@code target}. */
  private String resolved() throws Exception {
    return OneAtATime.make("spark-client-" + version, this::resolvedAlone);
  }

  private String resolvedAlone() throws Exception {
    Path folder = Path.of("target/spark-client-" + version).toAbsolutePath();
    Path known = folder.resolve("classpath");
    if (!Files.exists(known)) {
      Files.createDirectories(folder.resolve("target/classes"));
      Files.writeString(folder.resolve("pom.xml"), pom());
      List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q"));
      String repository = System.getProperty("maven.repo.local");
      if (repository != null) {
        command.add("-Dmaven.repo.local=" + repository);
      }
      String relocated = "";
      if (this == CLIENT_3_5) {
        command.add("org.apache.maven.plugins:maven-jar-plugin:3.5.1:jar");
        command.add("org.apache.maven.plugins:maven-shade-plugin:3.6.2:shade");
        relocated = folder.resolve("target/client-1.jar") + File.pathSeparator;
      }
      command.add(BUILD_CLASS_PATH);
      Path resolved = folder.resolve("resolved");
      command.add("-Dmdep.outputFile=" + resolved);
      run(command, folder);
      Files.writeString(known, relocated + Files.readString(resolved).strip());
    }
    return Files.readString(known);
  }

  private String pom() {
    return """
        <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>client</groupId><artifactId>client</artifactId><version>1</version>
        <dependencies>DEPENDENCIES</dependencies>
        <build><plugins>RELOCATION</plugins></build>
        </project>
        """
        .replace("DEPENDENCIES", this == CLIENT_3_5 ? DEPENDENCIES_3_5 : DEPENDENCIES_4)
        .replace("RELOCATION", this == CLIENT_3_5 ? RELOCATION : "")
        .replace("VERSION", version);
  }

  /** The shims of 4.0.1 are not in every mirror, and those of 4.2.0 do as well. */
  private static final String DEPENDENCIES_4 =
      """
      <dependency>
        <groupId>org.apache.spark</groupId><artifactId>spark-connect-client-jvm_2.13</artifactId><version>VERSION</version>
        <exclusions><exclusion><groupId>org.apache.spark</groupId><artifactId>spark-connect-shims_2.13</artifactId></exclusion></exclusions>
      </dependency>
      <dependency>
        <groupId>org.apache.spark</groupId><artifactId>spark-connect-shims_2.13</artifactId><version>4.2.0</version>
        <exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>
      </dependency>
      """;

  /** The published 3.5.0 names relocated classes, and Netty's, that its own POM does not bring. */
  private static final String DEPENDENCIES_3_5 =
      """
      <dependency><groupId>org.apache.spark</groupId><artifactId>spark-connect-client-jvm_2.12</artifactId><version>VERSION</version></dependency>
      <dependency><groupId>com.google.guava</groupId><artifactId>guava</artifactId><version>33.6.0-android</version></dependency>
      <dependency><groupId>com.google.protobuf</groupId><artifactId>protobuf-java</artifactId><version>3.23.4</version></dependency>
      <dependency><groupId>io.perfmark</groupId><artifactId>perfmark-api</artifactId><version>0.27.0</version></dependency>
      <dependency><groupId>io.netty</groupId><artifactId>netty-buffer</artifactId><version>4.1.96.Final</version></dependency>
      <dependency><groupId>io.netty</groupId><artifactId>netty-common</artifactId><version>4.1.96.Final</version></dependency>
      """;

  private static final String RELOCATION =
      """
      <plugin>
        <groupId>org.apache.maven.plugins</groupId><artifactId>maven-shade-plugin</artifactId>
        <configuration>
          <artifactSet><includes>
            <include>com.google.guava:guava</include>
            <include>com.google.guava:failureaccess</include>
            <include>com.google.protobuf:protobuf-java</include>
            <include>io.perfmark:perfmark-api</include>
          </includes></artifactSet>
          <relocations>
            <relocation><pattern>com.google.common</pattern><shadedPattern>org.sparkproject.connect.client.com.google.common</shadedPattern></relocation>
            <relocation><pattern>com.google.protobuf</pattern><shadedPattern>org.sparkproject.connect.client.com.google.protobuf</shadedPattern></relocation>
            <relocation><pattern>io.perfmark</pattern><shadedPattern>org.sparkproject.connect.client.io.perfmark</shadedPattern></relocation>
          </relocations>
        </configuration>
      </plugin>
      """;

  private static String run(List<String> command, Path folder) throws Exception {
    Path log = Files.createTempFile("spark-client", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      // Maven's start script leaves these; they are of the project that is being built.
      builder
          .environment()
          .keySet()
          .removeAll(List.of("MAVEN_PROJECTBASEDIR", "MAVEN_CMD_LINE_ARGS", "MAVEN_BASEDIR"));
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
      int status = process.waitFor();
      String text = Files.readString(log, UTF_8);
      assertThat(status).as(text).isZero();
      return text;
    } finally {
      Files.delete(log);
    }
  }
}
