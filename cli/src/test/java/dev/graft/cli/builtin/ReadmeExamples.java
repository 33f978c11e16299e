package dev.graft.cli.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The Java examples of a README, as a program: what stands before the first section are its
 * imports, and each block further down is a method, whose last DataFrame is the answer.
 *
 * @param imports those that the README asks for
 * @param blocks the code of each section that has some
 */
record ReadmeExamples(String imports, List<Block> blocks) {
  /** The name of the program's class. */
  static final String PROGRAM = "ReadmeExamples";

  private static final Pattern PART =
      Pattern.compile("^(?:## (?<section>.+)|```java\\n(?<code>(?s:.*?))^```)$", Pattern.MULTILINE);
  private static final Pattern ANSWER = Pattern.compile("Dataset<Row> (\\w+) =");

  /**
   * One example.
   *
   * @param section the heading that it stands under
   */
  record Block(String section, String code) {
    private String answer() {
      Matcher answer = ANSWER.matcher(code);
      String name = "";
      while (answer.find()) {
        name = answer.group(1);
      }
      if (name.isEmpty()) {
        throw new IllegalStateException("An example with no Dataset<Row> NAME =:\n" + code);
      }
      return name;
    }
  }

  static ReadmeExamples of(String readme) {
    StringBuilder imports = new StringBuilder();
    List<Block> blocks = new ArrayList<>();
    String section = "";
    Matcher part = PART.matcher(readme);
    while (part.find()) {
      if (part.group("section") != null) {
        section = part.group("section");
      } else if (section.isEmpty()) {
        imports.append(part.group("code"));
      } else {
        blocks.add(new Block(section, part.group("code")));
      }
    }
    return new ReadmeExamples(imports.toString(), List.copyOf(blocks));
  }

  /**
   * The program, which takes a server's address and prints a line for each row of each answer: the
   * section, a tab and the row as JSON.
   *
   * @param tables where the DataFrames that examples name come from, by their names
   */
  String program(Map<String, String> tables) {
    StringBuilder text = new StringBuilder(imports);
    text.append("\npublic final class ").append(PROGRAM).append(" {\n");
    text.append("  final org.apache.spark.sql.SparkSession spark;\n");
    tables
        .keySet()
        .forEach(name -> text.append("  final Dataset<Row> ").append(name).append(";\n"));
    text.append("\n  ").append(PROGRAM).append("(org.apache.spark.sql.SparkSession spark) {\n");
    text.append("    this.spark = spark;\n");
    tables.forEach(
        (name, table) ->
            text.append("    this.%s = spark.table(\"%s\");\n".formatted(name, table)));
    text.append("  }\n");
    for (int place = 0; place < blocks.size(); place++) {
      Block block = blocks.get(place);
      text.append("\n  void example%d() throws Exception {\n".formatted(place))
          .append(block.code())
          .append("print(\"%s\", %s);\n  }\n".formatted(block.section(), block.answer()));
    }
    return text.append(
            END.replace(
                "EXAMPLES",
                IntStream.range(0, blocks.size())
                    .mapToObj("    examples.example%d();\n"::formatted)
                    .collect(Collectors.joining())))
        .toString();
  }

  private static final String END =
      """

        static void print(String section, Dataset<Row> answer) {
          var json =
              org.apache.spark.sql.functions.to_json(org.apache.spark.sql.functions.struct(col("*")));
          for (Row row : answer.select(json).collectAsList()) {
            System.out.println("> " + section + "\\t" + row.getString(0));
          }
        }

        public static void main(String[] arguments) throws Exception {
          var spark = org.apache.spark.sql.SparkSession.builder().remote(arguments[0]).create();
          ReadmeExamples examples = new ReadmeExamples(spark);
      EXAMPLES    spark.close();
        }
      }
      """;
}
