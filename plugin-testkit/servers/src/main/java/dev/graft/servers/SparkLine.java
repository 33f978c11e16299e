package dev.graft.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/** The Spark lines that Graft runs in, each with the version that it is tested with. */
public enum SparkLine {
  SPARK_3_4("3.4", "2.12"),
  SPARK_3_5("3.5", "2.12"),
  SPARK_4_0("4.0", "2.13"),
  SPARK_4_1("4.1", "2.13"),
  SPARK_4_2("4.2", "2.13");

  /** The line that is used unless another is named. */
  public static final SparkLine NEWEST = SPARK_4_2;

  /** Written by the build, from the versions that it compiles and tests with. */
  private static final Properties VERSIONS = readVersions();

  private final String number;
  private final String scala;

  SparkLine(String number, String scala) {
    this.number = number;
    this.scala = scala;
  }

  private static Properties readVersions() {
    Properties versions = new Properties();
    try (InputStream in = SparkLine.class.getResourceAsStream("lines.properties")) {
      if (in == null) {
        throw new IllegalStateException("lines.properties is missing from Graft's jar");
      }
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions;
  }

  /**
   * The line with a number.
   *
   * @param number such as {@code 4.2}
   * @throws LaunchException with {@link LaunchException.Code#LINE_UNKNOWN}
   */
  public static SparkLine of(String number) {
    return Arrays.stream(values())
        .filter(line -> line.number.equals(number))
        .findFirst()
        .orElseThrow(
            () ->
                new LaunchException(
                    LaunchException.Code.LINE_UNKNOWN,
                    "There is no Spark line '"
                        + number
                        + "'. Choose one of "
                        + String.join(", ", numbers())
                        + "."));
  }

  /** The numbers of all lines, oldest first. */
  public static List<String> numbers() {
    return Arrays.stream(values()).map(SparkLine::number).toList();
  }

  /** The version of MLlib that is run with {@link #version}. */
  String mllibVersion() {
    return VERSIONS.getProperty("mllib-" + number);
  }

  static String dependencyPluginVersion() {
    return VERSIONS.getProperty("maven-dependency-plugin");
  }

  /** The first two numbers of the version. */
  public String number() {
    return number;
  }

  /** The version in full, such as {@code 4.2.0}. */
  public String version() {
    return VERSIONS.getProperty(number);
  }

  /**
   * What the names of the line's artifacts end with: the Scala version without a dash, such as
   * {@code 2.13}.
   */
  public String scala() {
    return scala;
  }

  @Override
  public String toString() {
    return "Spark " + version();
  }
}
