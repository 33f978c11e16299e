package dev.graft.encoder.vectors;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Values at the edges of the scalar types, for the messages that have a field of each type. */
final class ScalarEdges {
  private static final List<String> TYPES =
      List.of(
          "double",
          "float",
          "int32",
          "int64",
          "uint32",
          "uint64",
          "sint32",
          "sint64",
          "fixed32",
          "fixed64",
          "sfixed32",
          "sfixed64",
          "bool",
          "string",
          "bytes");
  private static final List<String> CANNOT_BE_PACKED = List.of("string", "bytes");

  private static final String WIDE_UNICODE =
      "\"a\\u0301 \uD83D\uDE80 \u05E9\u05DC\u05D5\u05DD \u4E2D \\u0000\"";

  private ScalarEdges() {}

  /** For each edge, in the order of the types, JSON of a value; an empty text leaves it out. */
  private static Map<String, List<String>> edges() {
    Map<String, List<String>> edges = new LinkedHashMap<>();
    edges.put(
        "atZero",
        List.of(
            "0.0", "0.0", "0", "\"0\"", "0", "\"0\"", "0", "\"0\"", "0", "\"0\"", "0", "\"0\"",
            "false", "\"\"", "\"\""));
    edges.put(
        "atOne",
        List.of(
            "1.0",
            "1.0",
            "1",
            "\"1\"",
            "1",
            "\"1\"",
            "1",
            "\"1\"",
            "1",
            "\"1\"",
            "1",
            "\"1\"",
            "true",
            "\"1\"",
            "\"AQ==\""));
    edges.put(
        "atMinusOne",
        List.of(
            "-1.0", "-1.0", "-1", "\"-1\"", "", "", "-1", "\"-1\"", "", "", "-1", "\"-1\"", "", "",
            ""));
    edges.put(
        "atTheirMinimum",
        List.of(
            "-1.7976931348623157E308",
            "-3.4028235E38",
            "-2147483648",
            "\"-9223372036854775808\"",
            "0",
            "\"0\"",
            "-2147483648",
            "\"-9223372036854775808\"",
            "0",
            "\"0\"",
            "-2147483648",
            "\"-9223372036854775808\"",
            "false",
            "\"\"",
            "\"\""));
    edges.put(
        "atTheirMaximum",
        List.of(
            "1.7976931348623157E308",
            "3.4028235E38",
            "2147483647",
            "\"9223372036854775807\"",
            "4294967295",
            "\"18446744073709551615\"",
            "2147483647",
            "\"9223372036854775807\"",
            "4294967295",
            "\"18446744073709551615\"",
            "2147483647",
            "\"9223372036854775807\"",
            "true",
            WIDE_UNICODE,
            "\"/////w==\""));
    edges.put(
        "inTwoBytes",
        List.of(
            "0.1",
            "0.1",
            "128",
            "\"128\"",
            "128",
            "\"128\"",
            "64",
            "\"64\"",
            "128",
            "\"128\"",
            "128",
            "\"128\"",
            "",
            "\"\u00E4\"",
            "\"AAA=\""));
    edges.put(
        "beyondWhatADoubleHolds",
        List.of(
            "9007199254740992",
            "16777216",
            "16777217",
            "\"9007199254740993\"",
            "16777217",
            "\"9007199254740993\"",
            "-16777217",
            "\"-9007199254740993\"",
            "16777217",
            "\"9007199254740993\"",
            "-16777217",
            "\"-9007199254740993\"",
            "",
            "",
            ""));
    edges.put(
        "aboveTheSignBit",
        List.of(
            "",
            "",
            "",
            "",
            "2147483648",
            "\"9223372036854775808\"",
            "",
            "",
            "2147483648",
            "\"9223372036854775808\"",
            "",
            "",
            "",
            "",
            ""));
    edges.put("atNegativeZero", floating("-0.0", "-0.0"));
    edges.put("thatAreNotNumbers", floating("\"NaN\"", "\"NaN\""));
    edges.put("atInfinity", floating("\"Infinity\"", "\"Infinity\""));
    edges.put("atNegativeInfinity", floating("\"-Infinity\"", "\"-Infinity\""));
    edges.put("atTheLeastSubnormal", floating("4.9E-324", "1.4E-45"));
    edges.put("atTheGreatestSubnormal", floating("-2.225073858507201E-308", "-1.1754942E-38"));
    edges.put("atTheLeastNormal", floating("2.2250738585072014E-308", "1.17549435E-38"));
    return edges;
  }

  private static List<String> floating(String doubleText, String floatText) {
    return List.of(doubleText, floatText, "", "", "", "", "", "", "", "", "", "", "", "", "");
  }

  /** One edge after the other, with a value for each type that has it. */
  static void single(BiConsumer<String, JsonObject> vectors) {
    edges().forEach((edge, texts) -> vectors.accept(edge, object(texts)));
  }

  /** All edges in one list for each type. */
  static JsonObject lists(boolean thoseThatCanBePacked) {
    JsonObject lists = new JsonObject();
    for (int type = 0; type < TYPES.size(); type++) {
      if (thoseThatCanBePacked && CANNOT_BE_PACKED.contains(TYPES.get(type))) {
        continue;
      }
      JsonArray list = new JsonArray();
      for (List<String> texts : edges().values()) {
        if (!texts.get(type).isEmpty()) {
          list.add(JsonParser.parseString(texts.get(type)));
        }
      }
      lists.add(TYPES.get(type) + "_value", list);
    }
    return lists;
  }

  /** The first {@code length} elements of each list. */
  static JsonObject shortened(JsonObject lists, int length) {
    JsonObject shortened = new JsonObject();
    lists
        .entrySet()
        .forEach(
            entry ->
                shortened.add(
                    entry.getKey(),
                    Oracle.array(entry.getValue().getAsJsonArray().asList().subList(0, length))));
    return shortened;
  }

  private static JsonObject object(List<String> texts) {
    JsonObject object = new JsonObject();
    for (int type = 0; type < TYPES.size(); type++) {
      if (!texts.get(type).isEmpty()) {
        JsonElement value = JsonParser.parseString(texts.get(type));
        object.add(TYPES.get(type) + "_value", value);
      }
    }
    return object;
  }
}
