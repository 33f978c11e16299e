package dev.graft.encoder.vectors;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the vectors are about. */
final class VectorCases {
  private static final String PACKAGE = "graft.vectors.v1.";

  /** Names of runes, then text that shows them. */
  private static final Map<String, String> TEXTS = new LinkedHashMap<>();

  static {
    TEXTS.put("ofTwoByteCharacters", "grüße");
    TEXTS.put("ofThreeByteCharacters", "東京 €");
    TEXTS.put("ofAstralCharacters", "🚀𝒳");
    TEXTS.put("ofCombiningCharacters", "e\u0301 is not \u00e9, 👩\u200d🚀");
    TEXTS.put("withNul", "a\u0000b");
    TEXTS.put("fromRightToLeft", "שלום \u202eabc\u202c العربية");
    TEXTS.put("withControlCharacters", "\t\n\r\u001b[2J\u007f\u0085\u2028");
    TEXTS.put("withQuotesAndBackslashes", "\"it's\" \\n \\\\ $ ` %s");
    TEXTS.put("withMarksAndNoncharacters", "\ufeff\ufffd\uffff\ue000");
    TEXTS.put("ofMoreThan127Bytes", "0123456789".repeat(13));
  }

  private final List<VectorCase> cases = new ArrayList<>();

  private VectorCases() {}

  static List<VectorCase> all() {
    VectorCases vectors = new VectorCases();
    vectors.scalars();
    vectors.texts();
    vectors.enums();
    vectors.nested();
    vectors.maps();
    vectors.choices();
    vectors.wellKnown();
    vectors.inputs();
    vectors.annotated();
    vectors.numbersAndNames();
    vectors.olderSyntax();
    vectors.groups();
    vectors.examples();
    return List.copyOf(vectors.cases);
  }

  private void scalars() {
    add("noScalars", "relation", "Scalars", "{}");
    ScalarEdges.single(
        (edge, values) ->
            cases.add(
                new VectorCase(
                    "scalars" + capital(edge), "relation", PACKAGE + "Scalars", values)));
    add("noOptionalScalars", "expression", "OptionalScalars", "{}");
    ScalarEdges.single(
        (edge, values) ->
            cases.add(
                new VectorCase(
                    "optionalScalars" + capital(edge),
                    "expression",
                    PACKAGE + "OptionalScalars",
                    values)));
    JsonObject lists = ScalarEdges.lists(false);
    for (int length : new int[] {0, 1, 2}) {
      cases.add(
          new VectorCase(
              "listsOfLength" + length,
              "command",
              PACKAGE + "RepeatedScalars",
              ScalarEdges.shortened(lists, length)));
    }
    cases.add(new VectorCase("listsOfAllEdges", "command", PACKAGE + "RepeatedScalars", lists));
    JsonObject unpacked = ScalarEdges.lists(true);
    for (int length : new int[] {0, 1}) {
      cases.add(
          new VectorCase(
              "unpackedListsOfLength" + length,
              "relation",
              PACKAGE + "UnpackedScalars",
              ScalarEdges.shortened(unpacked, length)));
    }
    cases.add(
        new VectorCase(
            "unpackedListsOfAllEdges", "relation", PACKAGE + "UnpackedScalars", unpacked));
  }

  private void texts() {
    TEXTS.forEach(
        (name, text) -> {
          JsonObject values = new JsonObject();
          values.add("string_value", new JsonPrimitive(text));
          cases.add(
              new VectorCase("text" + capital(name), "relation", PACKAGE + "Scalars", values));
        });
    add("listOfEmptyTexts", "command", "RepeatedScalars", "{'string_value': ['', 'a', '']}");
  }

  private void enums() {
    add(
        "enumAtZero",
        "expression",
        "Enums",
        "{'color': 'COLOR_UNSPECIFIED', 'size': 'SIZE_UNSPECIFIED'}");
    add("enumByName", "expression", "Enums", "{'color': 'COLOR_GREEN', 'size': 'SIZE_LARGE'}");
    add("enumByNumber", "expression", "Enums", "{'color': 2, 'optional_color': 0, 'size': 1000}");
    add(
        "enumBelowZero",
        "expression",
        "Enums",
        "{'color': 'COLOR_BELOW', 'optional_color': 'COLOR_LEAST'}");
    add("enumAtTheGreatestNumber", "expression", "Enums", "{'color': 'COLOR_GREATEST'}");
    add(
        "enumNumbersWithoutAName",
        "expression",
        "Enums",
        "{'color': 77, 'optional_color': -77, 'colors': [1, 5000000, -2], 'size': 11}");
    add(
        "optionalEnumAtZero",
        "expression",
        "Enums",
        "{'optional_color': 'COLOR_UNSPECIFIED', 'optional_unit': 'UNIT_NONE'}");
    add(
        "enumAliases",
        "expression",
        "Enums",
        "{'unit': 'UNIT_METER', 'optional_unit': 'UNIT_METRE'}");
    add(
        "enumAliasesOfZero",
        "expression",
        "Enums",
        "{'unit': 'UNIT_ZERO', 'optional_unit': 'UNIT_ZERO'}");
    add(
        "enumLists",
        "expression",
        "Enums",
        "{'colors': ['COLOR_RED', 'COLOR_UNSPECIFIED', 'COLOR_LEAST'], 'unpacked_colors': ['COLOR_GREEN', 'COLOR_BELOW', 'COLOR_UNSPECIFIED']}");
    add(
        "enumMap",
        "expression",
        "Enums",
        "{'colors_by_name': {'sky': 'COLOR_UNSPECIFIED', 'grass': 'COLOR_GREEN', 'deep': 'COLOR_LEAST', 'odd': 9}}");
  }

  private void nested() {
    add("emptyNestedMessage", "relation", "Outer", "{'inner': {}}");
    add(
        "nestedMessages",
        "relation",
        "Outer",
        "{'inner': {'innermost': {'depth': -3}, 'label': ''}, 'innermost': {'depth': 2}}");
    add(
        "listOfNestedMessages",
        "relation",
        "Outer",
        "{'inners': [{}, {'label': 'b'}, {'innermost': {}}]}");
    add(
        "recursiveThreeDeep",
        "relation",
        "Node",
        "{'name': 'a', 'child': {'name': 'b', 'child': {'name': 'c'}}}");
    add(
        "recursiveInListsAndMaps",
        "relation",
        "Node",
        "{'children': [{'name': 'x', 'children': [{}]}, {}], 'children_by_name': {'z': {'child': {}}, 'a': {}, '': {'name': 'n'}}}");
    JsonObject node = new JsonObject();
    node.addProperty("name", "bottom");
    for (int level = 0; level < 199; level++) {
      JsonObject parent = new JsonObject();
      parent.add("child", node);
      node = parent;
    }
    cases.add(new VectorCase("recursiveTwoHundredDeep", "relation", PACKAGE + "Node", node));
  }

  private void maps() {
    String signed =
        "{'5': 'e', '-2147483648': 'a', '0': 'c', '-1': 'b', '2147483647': 'f', '3': ''}";
    String unsigned =
        "{'4294967295': 'f', '0': 'a', '2147483648': 'd', '2147483647': 'c', '10': 'b'}";
    String signedLong =
        "{'9223372036854775807': 'f', '9': 'd', '10': 'e', '-1': 'b', '-9223372036854775808': 'a', '0': 'c'}";
    String unsignedLong =
        "{'18446744073709551615': 'f', '9223372036854775808': 'd', '9223372036854775807': 'c', '2': 'b', '0': 'a'}";
    for (String type : List.of("int32", "sint32", "sfixed32")) {
      add(
          "mapWith" + capital(type) + "Keys",
          "relation",
          "MapKeys",
          "{'" + type + "_keys': " + signed + "}");
    }
    for (String type : List.of("int64", "sint64", "sfixed64")) {
      add(
          "mapWith" + capital(type) + "Keys",
          "relation",
          "MapKeys",
          "{'" + type + "_keys': " + signedLong + "}");
    }
    for (String type : List.of("uint32", "fixed32")) {
      add(
          "mapWith" + capital(type) + "Keys",
          "relation",
          "MapKeys",
          "{'" + type + "_keys': " + unsigned + "}");
    }
    for (String type : List.of("uint64", "fixed64")) {
      add(
          "mapWith" + capital(type) + "Keys",
          "relation",
          "MapKeys",
          "{'" + type + "_keys': " + unsignedLong + "}");
    }
    add("mapWithBoolKeys", "relation", "MapKeys", "{'bool_keys': {'true': 'yes', 'false': 'no'}}");
    add("mapWithOneBoolKey", "relation", "MapKeys", "{'bool_keys': {'false': ''}}");
    add(
        "mapWithStringKeys",
        "relation",
        "MapKeys",
        "{'string_keys': {'b': '2', 'B': '1', '': '0', 'ba': '3', 'a': ''}}");
    add(
        "mapWhoseKeysHaveAnotherOrderInUtf16",
        "relation",
        "MapKeys",
        "{'string_keys': {'\\uD83D\\uDE80': 'last', '\\uFF61': 'third', '\\uE000': 'second', 'z': 'first', '\\uD83D\\uDE80a': 'after the last'}}");
    add(
        "mapWhoseKeysHaveAnotherOrderInALanguage",
        "relation",
        "MapKeys",
        "{'string_keys': {'ä': '5', 'z': '4', 'a': '3', 'Z': '2', '10': '0', '9': '1'}}");
    add("emptyMaps", "relation", "MapKeys", "{'int32_keys': {}, 'string_keys': {}}");
    add(
        "mapValuesAtZero",
        "command",
        "MapValues",
        "{'doubles': {'a': 0.0}, 'floats': {'a': 0.0}, 'int32s': {'a': 0}, 'int64s': {'a': '0'}, 'uint32s': {'a': 0}, 'uint64s': {'a': '0'}, 'sint32s': {'a': 0}, 'sint64s': {'a': '0'}, 'fixed32s': {'a': 0}, 'fixed64s': {'a': '0'}, 'sfixed32s': {'a': 0}, 'sfixed64s': {'a': '0'}, 'bools': {'a': false}, 'bytes_values': {'a': ''}, 'messages': {'a': {}}}");
    add(
        "mapValuesOfEveryType",
        "command",
        "MapValues",
        "{'doubles': {'b': -0.0, 'a': 'NaN'}, 'floats': {'a': 1.5, 'b': '-Infinity'}, 'int32s': {'a': -1}, 'int64s': {'a': '-1'}, 'uint32s': {'a': 4294967295}, 'uint64s': {'a': '18446744073709551615'}, 'sint32s': {'a': -2}, 'sint64s': {'a': '-2'}, 'fixed32s': {'a': 3}, 'fixed64s': {'a': '3'}, 'sfixed32s': {'a': -3}, 'sfixed64s': {'a': '-3'}, 'bools': {'b': true, 'a': false}, 'bytes_values': {'a': '/w=='}, 'messages': {'b': {'label': 'x'}, 'a': {'innermost': {'depth': 1}}}}");
  }

  private void choices() {
    add("noMemberOfAOneof", "expression", "Choice", "{'comment': 'none'}");
    Map<String, String> members = new LinkedHashMap<>();
    members.put("number", "7");
    members.put("text", "'t'");
    members.put("data", "'AQI='");
    members.put("flag", "true");
    members.put("ratio", "0.5");
    members.put("color", "'COLOR_RED'");
    members.put("node", "{'name': 'n'}");
    members.put("nothing", "{}");
    members.put("relation", quoted(SampleInputs.sales()));
    members.put("expression", quoted(SampleInputs.price()));
    members.put("held_relation", quoted(SampleInputs.sales()));
    members.forEach(
        (member, value) ->
            add(
                "oneofWith" + capital(camel(member)),
                "expression",
                "Choice",
                "{'" + member + "': " + value + ", 'comment': 'c'}"));
    members.clear();
    members.put("number", "0");
    members.put("text", "''");
    members.put("data", "''");
    members.put("flag", "false");
    members.put("ratio", "0.0");
    members.put("color", "'COLOR_UNSPECIFIED'");
    members.put("node", "{}");
    members.forEach(
        (member, value) ->
            add(
                "oneofWith" + capital(camel(member)) + "AtZero",
                "expression",
                "Choice",
                "{'" + member + "': " + value + "}"));
    add("twoOneofs", "expression", "Choice", "{'number': 1, 'id': '0', 'comment': 'between'}");
    add(
        "oneofsWhoseNumbersCrossOver",
        "expression",
        "Choice",
        "{'data': '', 'name': 'first', 'comment': 'between'}");
  }

  private void wellKnown() {
    add(
        "timestamps",
        "relation",
        "WellKnown",
        "{'timestamp': '2026-11-20T08:09:10.123456789Z', 'timestamps': ['0001-01-01T00:00:00Z', '1969-12-31T23:59:59.500Z', '1970-01-01T00:00:00Z', '9999-12-31T23:59:59.999999999Z']}");
    add(
        "durations",
        "relation",
        "WellKnown",
        "{'duration': '-1.500s', 'durations': {'b': '0s', 'a': '3600s', 'c': '0.000000001s', 'd': '-315576000000s', 'e': '-0.250s'}}");
    add(
        "struct",
        "relation",
        "WellKnown",
        "{'struct': {'null': null, 'number': -1.5, 'text': 'ü', 'flag': false, 'list': [1, 'a', [], {}], 'inner': {'b': 0, 'a': {}}}, 'value': ['x', 2], 'list': [true, null]}");
    add(
        "emptyStructs",
        "relation",
        "WellKnown",
        "{'struct': {}, 'value': {}, 'list': [], 'empty': {}, 'mask': ''}");
    add("fieldMask", "relation", "WellKnown", "{'mask': 'user.displayName,photo'}");
    add(
        "wrappers",
        "relation",
        "WellKnown",
        "{'double_value': -0.0, 'float_value': 'NaN', 'int64_value': '-9223372036854775808', 'uint64_value': '18446744073709551615', 'int32_value': -5, 'uint32_value': 4294967295, 'bool_value': true, 'string_value': 's', 'bytes_value': 'AA=='}");
    add(
        "wrappersOfZero",
        "relation",
        "WellKnown",
        "{'double_value': 0.0, 'float_value': 0.0, 'int64_value': '0', 'uint64_value': '0', 'int32_value': 0, 'uint32_value': 0, 'bool_value': false, 'string_value': '', 'bytes_value': ''}");
    add(
        "any",
        "relation",
        "WellKnown",
        "{'any': {'type_url': 'type.googleapis.com/graft.vectors.v1.Node', 'value': 'CgFh'}, 'anys': [{}, {'type_url': 'example.com/unknown.Message', 'value': '//8='}]}");
  }

  private void inputs() {
    String sales = quoted(SampleInputs.sales());
    String numbers = quoted(SampleInputs.numbers());
    String price = quoted(SampleInputs.price());
    String plan = quoted(SampleInputs.plan());
    add("relationInput", "relation", "Inputs", "{'relation': " + sales + "}");
    add("expressionInput", "relation", "Inputs", "{'expression': " + price + "}");
    add("planInput", "relation", "Inputs", "{'plan': " + plan + "}");
    add(
        "inputsWithoutBytes",
        "relation",
        "Inputs",
        "{'relation': '', 'expression': '', 'plan': '', 'relations': ['', ''], 'relations_by_name': {'': ''}, 'optional_held_relation': ''}");
    add(
        "listsOfInputs",
        "relation",
        "Inputs",
        "{'relations': ["
            + sales
            + ", "
            + numbers
            + ", "
            + sales
            + "], 'expressions': ["
            + price
            + "], 'plans': ["
            + plan
            + ", "
            + plan
            + "]}");
    add(
        "mapsOfInputs",
        "relation",
        "Inputs",
        "{'relations_by_name': {'b': "
            + sales
            + ", 'a': "
            + numbers
            + "}, 'expressions_by_number': {'3': "
            + price
            + ", '-3': "
            + price
            + "}, 'plans_by_flag': {'true': "
            + plan
            + ", 'false': ''}}");
    add(
        "bytesThatHoldInputs",
        "relation",
        "Inputs",
        "{'held_relation': "
            + sales
            + ", 'held_expression': "
            + price
            + ", 'held_plan': "
            + plan
            + ", 'optional_held_relation': "
            + numbers
            + "}");
    add(
        "listsAndMapsOfBytesThatHoldInputs",
        "relation",
        "Inputs",
        "{'held_relations': ["
            + sales
            + ", '', "
            + numbers
            + "], 'held_expressions_by_name': {'b': "
            + price
            + ", 'a': ''}}");
    add(
        "nestedInputs",
        "relation",
        "Inputs",
        "{'join': {'left': "
            + sales
            + ", 'right': "
            + numbers
            + ", 'on': "
            + price
            + "}, 'joins': [{'left': "
            + numbers
            + "}, {'left': "
            + sales
            + ", 'on': "
            + price
            + "}], 'joins_by_name': {'self': {'left': "
            + sales
            + ", 'right': "
            + sales
            + "}}}");
    add(
        "inputThreeHundredDeep",
        "relation",
        "Inputs",
        "{'relation': " + quoted(SampleInputs.deep(300)) + "}");
    add(
        "inputWithFieldsNobodyKnows",
        "relation",
        "Inputs",
        "{'relation': " + quoted(SampleInputs.unknownFields()) + ", 'held_relation': 'AAECAwT/'}");
  }

  private void annotated() {
    String given =
        "'number': 0, 'text': 't', 'data': 'AA==', 'flag': false, 'names': [''], 'counts': {'': 0}, 'input': "
            + quoted(SampleInputs.sales())
            + ", 'color': 'COLOR_UNSPECIFIED', 'ratio': 0.0";
    add("requiredAtZero", "command", "Required", "{" + given + "}");
    add(
        "requiredInNestedMessages",
        "command",
        "Required",
        "{"
            + given
            + ", 'part': {'name': 'p'}, 'parts': [{'name': 'q', 'size': 0}], 'parts_by_name': {'r': {'name': 'r', 'size': 1}}}");
    add("nothingButDefaults", "expression", "Defaults", "{}");
    add(
        "nothingLeftToDefaults",
        "expression",
        "Defaults",
        "{'number': 1, 'large': '1', 'ratio': 1.0, 'limit': 1.0, 'flag': true, 'text': 'x', 'data': 'AQ==', 'color': 'COLOR_RED', 'zero': 1, 'needed': '1', 'by_rank': 2}");
    add(
        "zeroInPlaceOfDefaults",
        "expression",
        "Defaults",
        "{'number': 0, 'large': '0', 'ratio': 0.0, 'limit': 0.0, 'flag': false, 'text': '', 'data': '', 'color': 'COLOR_UNSPECIFIED', 'zero': 0, 'needed': '0', 'by_rank': 0}");
    add("defaultOfAOneofYieldsToItsOtherMember", "expression", "Defaults", "{'by_name': 'n'}");
    add(
        "defaultsInNestedMessages",
        "expression",
        "Defaults",
        "{'part': {}, 'parts': [{'size': 2}, {'unit': 'm'}], 'parts_by_name': {'b': {'unit': ''}, 'a': {}}}");
  }

  private void numbersAndNames() {
    add(
        "fieldsInTheOrderOfTheirNumbers",
        "relation",
        "Numbers",
        "{'greatest': 'j', 'first_of_five_bytes': 'i', 'last_of_four_bytes': 'h', 'first_of_two_bytes': 'c', 'last_of_one_byte': 'b', 'last_of_two_bytes': 'd', 'first_of_three_bytes': 'e', 'before_reserved': 'f', 'after_reserved': 'g', 'least': 'a'}");
    add("onlyTheGreatestNumber", "relation", "Numbers", "{'greatest': 'x'}");
    add(
        "namesOutOfTheOrdinary",
        "relation",
        "Names",
        "{'class': 'a', 'from': 'b', 'type': 'c', 'self': 'd', 'import': 'e', 'None': 'f', 'func': 'g', 'camelCase': 'h', '_leading': 'i', 'trailing_': 'j', 'with_2_digits3': 'k', 'values': 'l', 'name': 'm', 'default': 'n'}");
  }

  private void olderSyntax() {
    cases.add(older("proto2Zeros", "{'id': 0, 'text': '', 'unpacked': [0], 'packed': [0]}"));
    cases.add(older("proto2DefaultsAreNotSent", "{'id': 1, 'level': 'LEVEL_LOW'}"));
    cases.add(
        older(
            "proto2Lists",
            "{'id': -1, 'unpacked': [1, 128, -1], 'packed': [1, 128, -1], 'levels': ['LEVEL_HIGH', 1], 'text': 'not sent'}"));
  }

  private void groups() {
    cases.add(
        older(
            "proto2Groups",
            "{'id': 1, 'inside': {'name': 'n', 'size': 0}, 'row': [{}, {'number': 2}]}"));
    cases.add(
        older(
            "proto2GroupsInGroups",
            "{'id': 1, 'row': [{'number': -1, 'cell': {'text': 'x'}}, {'cell': {}}]}"));
    delimited("delimitedEmpty", "{'one': {}, 'many': [], 'first': {}}");
    delimited(
        "delimitedFilled",
        "{'one': {'name': 'a', 'size': 1, 'numbers': [1, 2]}, 'many': [{}, {'name': ''}], 'far': {'size': -1}}");
    delimited("delimitedInside", "{'one': {'inner': {'inner': {'inner': {'name': 'deep'}}}}}");
    delimited("delimitedMap", "{'named': {'b': {'name': 'x'}, 'a': {'inner': {}}, '': {}}}");
    delimited("delimitedNot", "{'prefixed': {'name': 'p', 'inner': {'size': 7}}, 'second': 0}");
    delimited(
        "delimitedWellKnown",
        "{'at': '2026-11-20T08:09:10.123Z', 'anything': {'k': [1, null, 'x']}}");
  }

  private void delimited(String name, String values) {
    cases.add(new VectorCase(name, "command", "graft.vectors.v3.Delimited", json(values)));
  }

  private static VectorCase older(String name, String values) {
    return new VectorCase(name, "command", "graft.vectors.v2.Older", json(values));
  }

  private void examples() {
    String sales = quoted(SampleInputs.sales());
    example(
        "exampleTopK",
        "relation",
        "TopK",
        "{'input': "
            + sales
            + ", 'by': ['country', 'city'], 'order_by': 'price', 'k': 3, 'descending': true}");
    example(
        "exampleTopKOfAll",
        "relation",
        "TopK",
        "{'input': " + sales + ", 'order_by': 'price', 'k': 1}");
    example(
        "exampleMask",
        "expression",
        "Mask",
        "{'input': " + quoted(SampleInputs.price()) + ", 'keep': 4, 'with': '•'}");
    example(
        "exampleSummarize", "command", "Summarize", "{'input': " + sales + ", 'column': 'price'}");
  }

  private void example(String name, String kind, String message, String values) {
    cases.add(new VectorCase(name, kind, "acme.frames.v1." + message, json(values)));
  }

  private void add(String name, String kind, String message, String values) {
    cases.add(new VectorCase(name, kind, PACKAGE + message, json(values)));
  }

  /** JSON is read leniently, so that its texts can stand in single quotes. */
  static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private static String quoted(String text) {
    return "'" + text + "'";
  }

  private static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    for (String word : name.split("_", -1)) {
      camel.append(camel.isEmpty() ? word : capital(word));
    }
    return camel.toString();
  }
}
