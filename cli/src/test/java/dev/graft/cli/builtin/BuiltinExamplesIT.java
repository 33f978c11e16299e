package dev.graft.cli.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.encoders.GeneratedClients;
import dev.graft.cli.encoders.SparkClients;
import dev.graft.cli.python.Pytest;
import dev.graft.cli.python.PythonEnvironment;
import dev.graft.encoder.ConnectSession;
import dev.graft.servers.SparkLine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples in the README of the plugins that ship with Graft, as they stand there, on a real
 * server: those in Java are compiled with the generated client beside Spark's own, those in Python
 * are run with the server's list of operations and with the generated client. Java and Python have
 * to get the same rows.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class BuiltinExamplesIT {
  private static final Path README = Path.of("../plugins-builtin/README.md").toAbsolutePath();
  private static final Path TESTS = Path.of("src/test/examples").toAbsolutePath();
  private static final Path ENCODER = Path.of("../encoders/python/src").toAbsolutePath();

  /** The DataFrames that examples name. Every example finds something in them. */
  private static final Map<String, String> DATA =
      new TreeMap<>(
          Map.of(
              "flights",
              """
              VALUES ('UA', 1, 'EWR', 90.0D, 1400, TIMESTAMP '2013-01-01 05:17:00'),
                     ('UA', 2, 'LGA', 15.0D, 1416, TIMESTAMP '2013-01-01 05:33:00'),
                     ('UA', 3, 'EWR', 15.0D, 719, TIMESTAMP '2013-01-01 07:54:00'),
                     ('UA', 4, 'EWR', -3.0D, 5100, TIMESTAMP '2013-01-01 07:58:00'),
                     ('DL', 5, 'LGA', NULL, 762, TIMESTAMP '2013-01-01 05:54:00')
              AS flights(carrier, flight, origin, dep_delay, distance, departure)
              """,
              "weather",
              """
              VALUES ('EWR', TIMESTAMP '2013-01-01 05:00:00', 39.02D),
                     ('EWR', TIMESTAMP '2013-01-01 07:00:00', 39.92D),
                     ('LGA', TIMESTAMP '2013-01-01 04:00:00', 41.0D)
              AS weather(origin, measured, temperature)
              """,
              "events",
              """
              VALUES (1, 10), (2, 10), (3, 5) AS events(id, time)
              """,
              "before",
              """
              VALUES (1, 'one', 1.0D), (2, 'two', 2.0D), (3, 'three', 3.0D) AS before(id, name, price)
              """,
              "after",
              """
              VALUES (1, 'one', 1.001D), (2, 'zwei', 2.5D), (4, 'four', 4.0D) AS after(id, name, price)
              """,
              "orders",
              """
              VALUES (1, 'open', 'DE', 10.0D, 7, DATE '2013-01-01', NULL),
                     (2, 'closed', 'fr', -5.0D, 8, DATE '2013-01-02', DATE '2013-01-01'),
                     (2, 'draft', NULL, -1.0D, NULL, DATE '2013-01-03', NULL)
              AS orders(id, state, country, price, customer, ordered, shipped)
              """,
              "customers",
              """
              VALUES (7), (9) AS customers(id)
              """,
              "pairs",
              """
              VALUES ('MARTHA', 'MARHTA'), ('night', 'nacht'), ('Zürich', 'Zürich') AS pairs(name, other)
              """,
              "people",
              """
              VALUES ('022812344711', 'ada@example.org') AS people(phone, email)
              """));

  private static BuiltinServer server;
  private static Path open;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server = BuiltinServer.start(new Place(SparkLine.NEWEST, false), folder);
    open = BuiltinServer.openFolderIn(folder).toRealPath();
    lay();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** The paths of the examples, and where they are here. */
  private static Map<String, String> places() {
    Map<String, String> places = new LinkedHashMap<>();
    places.put("hdfs://nn/checkpoints", open + "/checkpoints");
    places.put("hdfs://nn:8020/data/", open + "/open/");
    places.put("\"/data/", '"' + open.toString() + "/open/");
    return places;
  }

  private static String readme() throws IOException {
    String text = Files.readString(README);
    for (Map.Entry<String, String> place : places().entrySet()) {
      assertThat(text).contains(place.getKey());
      text = text.replace(place.getKey(), place.getValue());
    }
    return text;
  }

  private static void lay() throws IOException {
    Path data = Files.createDirectories(open.resolve("open"));
    Files.createDirectories(open.resolve("checkpoints"));
    Files.createDirectories(data.resolve("done"));
    Files.createDirectories(data.resolve("landing/old"));
    for (String name : List.of("landing/today.csv", "landing/old/yesterday.csv")) {
      Path file = Files.createFile(data.resolve(name));
      Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2013-01-01T00:00:00Z")));
    }
    try (ConnectSession session = ConnectSession.connect(server.address())) {
      DATA.forEach(
          (name, rows) ->
              run(
                  session,
                  "CREATE OR REPLACE GLOBAL TEMPORARY VIEW " + name + " AS SELECT * FROM " + rows));
      run(
          session,
          "INSERT OVERWRITE DIRECTORY '"
              + data.resolve("sales")
              + "' USING parquet SELECT * FROM VALUES (1, 2.5D), (2, NULL) AS sales(id, price)");
    }
  }

  private static void run(ConnectSession session, String statement) {
    session.rows(session.sql(statement)).close();
  }

  @TestFactory
  Stream<DynamicTest> javaAndPythonGetTheSameRows(@TempDir Path folder) throws Exception {
    Path readme = Files.writeString(folder.resolve("README.md"), readme());
    Path answers = Files.writeString(folder.resolve("java.txt"), answersOfJava(folder));
    Path clients = folder.resolve("python");
    GeneratedClients.generate("python", clients, List.of(server.jar()));
    PythonEnvironment python = PythonEnvironment.of(SparkLine.NEWEST);
    return new Pytest(python.printingTo(folder.resolve("pytest.log")))
        .with("PYTHONPATH", ENCODER + File.pathSeparator + clients)
        .with("GRAFT_SERVER", server.address())
        .with("GRAFT_FOLDER", open.toString())
        .with("GRAFT_TABLES", String.join(",", DATA.keySet()))
        .with("GRAFT_README", readme.toString())
        .with("GRAFT_JAVA", answers.toString())
        .run(TESTS, folder.resolve("results.xml"));
  }

  private static String answersOfJava(Path folder) throws Exception {
    Path generated = folder.resolve("java");
    GeneratedClients.generate("java", generated, List.of(server.jar()));
    Map<String, String> tables =
        DATA.keySet().stream()
            .collect(Collectors.toMap(name -> name, name -> "global_temp." + name));
    Path program =
        Files.writeString(
            folder.resolve(ReadmeExamples.PROGRAM + ".java"),
            ReadmeExamples.of(readme()).program(tables));
    Path classes =
        GeneratedClients.compile(
            program.toString(),
            generated,
            SparkClients.CLIENT_4_2.classPath(),
            folder.resolve("classes"));
    String said =
        SparkClients.CLIENT_4_2.run(ReadmeExamples.PROGRAM, classes, List.of(server.address()));
    return said.lines()
        .filter(line -> line.startsWith("> "))
        .map(line -> line.substring(2) + "\n")
        .collect(Collectors.joining());
  }
}
