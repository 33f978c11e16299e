package dev.graft.encoder.vectors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What encoders must refuse. */
final class RefusedCases {
  private static final String PACKAGE = "graft.vectors.v1.";

  private final List<RefusedCase> cases = new ArrayList<>();

  private RefusedCases() {}

  static List<RefusedCase> all() {
    RefusedCases refused = new RefusedCases();
    refused.unknown();
    refused.required();
    refused.types();
    refused.ranges();
    refused.oneofs();
    return List.copyOf(refused.cases);
  }

  private void unknown() {
    add("noSuchMessage", "relation", "NoSuchMessage", "{}", "GRAFT_MESSAGE_UNKNOWN");
    add("noSuchField", "relation", "Scalars", "{'int33_value': 1}", "GRAFT_FIELD_UNKNOWN");
    add("fieldByItsJsonName", "relation", "Scalars", "{'int32Value': 1}", "GRAFT_FIELD_UNKNOWN");
    add(
        "noSuchFieldInANestedMessage",
        "relation",
        "Outer",
        "{'inner': {'innermost': {'deep': 1}}}",
        "GRAFT_FIELD_UNKNOWN");
    add(
        "noSuchFieldInAList",
        "relation",
        "Outer",
        "{'inners': [{}, {'depth': 1}]}",
        "GRAFT_FIELD_UNKNOWN");
    add(
        "noSuchFieldInAMap",
        "relation",
        "Node",
        "{'children_by_name': {'a': {'nam': ''}}}",
        "GRAFT_FIELD_UNKNOWN");
    add("oneofInPlaceOfItsMember", "expression", "Choice", "{'value': 1}", "GRAFT_FIELD_UNKNOWN");
  }

  private void required() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("number", "0");
    given.put("text", "'t'");
    given.put("data", "'AA=='");
    given.put("flag", "false");
    given.put("names", "['']");
    given.put("counts", "{'': 0}");
    given.put("input", "'" + SampleInputs.sales() + "'");
    given.put("color", "0");
    given.put("ratio", "0.0");
    for (String field : given.keySet()) {
      Map<String, String> others = new LinkedHashMap<>(given);
      others.remove(field);
      missing("no" + capital(field), others);
    }
    Map.of("text", "''", "data", "''", "names", "[]", "counts", "{}").entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            empty -> {
              Map<String, String> values = new LinkedHashMap<>(given);
              values.put(empty.getKey(), empty.getValue());
              missing("empty" + capital(empty.getKey()), values);
            });
    Map.of("part", "{}", "parts", "[{'name': 'a'}, {'size': 1}]", "parts_by_name", "{'a': {}}")
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            nested -> {
              Map<String, String> values = new LinkedHashMap<>(given);
              values.put(nested.getKey(), nested.getValue());
              missing("noNameIn" + capital(nested.getKey().replace("_by_name", "ByName")), values);
            });
    add(
        "noInputInANestedMessage",
        "relation",
        "Inputs",
        "{'join': {'right': '" + SampleInputs.sales() + "'}}",
        "GRAFT_FIELD_REQUIRED");
    cases.add(
        new RefusedCase(
            "noFieldThatProto2Requires",
            "command",
            "graft.vectors.v2.Older",
            VectorCases.json("{'text': 'a'}"),
            "GRAFT_FIELD_REQUIRED"));
  }

  private void missing(String name, Map<String, String> values) {
    List<String> members = new ArrayList<>();
    values.forEach((field, value) -> members.add("'" + field + "': " + value));
    add(
        name,
        "command",
        "Required",
        "{" + String.join(", ", members) + "}",
        "GRAFT_FIELD_REQUIRED");
  }

  private void types() {
    type("textForANumber", "Scalars", "{'int32_value': 'x'}");
    type("textForALongNumber", "Scalars", "{'int64_value': 'x'}");
    type("textForAFraction", "Scalars", "{'double_value': 'x'}");
    type("fractionForAWholeNumber", "Scalars", "{'int32_value': 1.5}");
    type("truthForANumber", "Scalars", "{'int32_value': true}");
    type("numberForATruth", "Scalars", "{'bool_value': 1}");
    type("textForATruth", "Scalars", "{'bool_value': 'true'}");
    type("numberForAText", "Scalars", "{'string_value': 1}");
    type("truthForAText", "Scalars", "{'string_value': true}");
    type("numberForBytes", "Scalars", "{'bytes_value': 1}");
    type("listForANumber", "Scalars", "{'int32_value': [1]}");
    type("objectForAText", "Scalars", "{'string_value': {}}");
    type("numberForAList", "RepeatedScalars", "{'int32_value': 1}");
    type("textInAListOfNumbers", "RepeatedScalars", "{'int32_value': [1, 'x']}");
    type("nullInAList", "RepeatedScalars", "{'string_value': ['a', null]}");
    type("textForAMessage", "Outer", "{'inner': 'x'}");
    type("listForAMessage", "Outer", "{'inner': [{}]}");
    type("objectForAListOfMessages", "Outer", "{'inners': {}}");
    type("listForAMap", "MapKeys", "{'string_keys': ['a']}");
    type("textForAMap", "MapKeys", "{'string_keys': 'a'}");
    type("numberForATextInAMap", "MapKeys", "{'string_keys': {'a': 1}}");
    type("keyThatIsNotANumber", "MapKeys", "{'int32_keys': {'a': ''}}");
    type("keyThatIsNotATruth", "MapKeys", "{'bool_keys': {'yes': ''}}");
    type("truthForAnEnum", "Enums", "{'color': true}");
    type("numberForARelation", "Inputs", "{'relation': 1}");
    type("objectForARelation", "Inputs", "{'relation': {}}");
    type("numberForBytesThatHoldARelation", "Inputs", "{'held_relation': 1}");
    type("numberInAListOfRelations", "Inputs", "{'relations': [1]}");
  }

  private void ranges() {
    range("int32TooGreat", "Scalars", "{'int32_value': 2147483648}");
    range("int32TooSmall", "Scalars", "{'int32_value': -2147483649}");
    range("sint32TooGreat", "Scalars", "{'sint32_value': 2147483648}");
    range("sfixed32TooSmall", "Scalars", "{'sfixed32_value': -2147483649}");
    range("uint32TooGreat", "Scalars", "{'uint32_value': 4294967296}");
    range("uint32BelowZero", "Scalars", "{'uint32_value': -1}");
    range("fixed32TooGreat", "Scalars", "{'fixed32_value': 4294967296}");
    range("int64TooGreat", "Scalars", "{'int64_value': '9223372036854775808'}");
    range("int64TooSmall", "Scalars", "{'int64_value': '-9223372036854775809'}");
    range("uint64TooGreat", "Scalars", "{'uint64_value': '18446744073709551616'}");
    range("uint64BelowZero", "Scalars", "{'uint64_value': '-1'}");
    range("fixed64BelowZero", "Scalars", "{'fixed64_value': '-1'}");
    range("floatTooGreat", "Scalars", "{'float_value': 1.0E39}");
    range("numberTooGreatInAList", "RepeatedScalars", "{'uint32_value': [0, 4294967296]}");
    range("keyTooGreat", "MapKeys", "{'int32_keys': {'2147483648': ''}}");
    range("keyBelowZero", "MapKeys", "{'uint64_keys': {'-1': ''}}");
    range("noSuchEnumName", "Enums", "{'color': 'COLOR_PINK'}");
    range("enumNumberTooGreat", "Enums", "{'color': 2147483648}");
    range("noSuchEnumNameInAList", "Enums", "{'colors': ['COLOR_RED', 'red']}");
    cases.add(
        new RefusedCase(
            "numberThatAClosedEnumHasNot",
            "command",
            "graft.vectors.v2.Older",
            VectorCases.json("{'id': 1, 'level': 3}"),
            "GRAFT_FIELD_RANGE"));
  }

  private void oneofs() {
    add(
        "twoMembersOfAOneof",
        "expression",
        "Choice",
        "{'number': 1, 'text': 'a'}",
        "GRAFT_FIELD_TWICE");
    add(
        "twoMembersOfAOneofAtZero",
        "expression",
        "Choice",
        "{'flag': false, 'ratio': 0.0}",
        "GRAFT_FIELD_TWICE");
    add(
        "twoMembersOfTheSecondOneof",
        "expression",
        "Choice",
        "{'number': 1, 'id': '1', 'name': 'a'}",
        "GRAFT_FIELD_TWICE");
  }

  private void type(String name, String message, String values) {
    add(name, "relation", message, values, "GRAFT_FIELD_TYPE");
  }

  private void range(String name, String message, String values) {
    add(name, "relation", message, values, "GRAFT_FIELD_RANGE");
  }

  private void add(String name, String kind, String message, String values, String code) {
    cases.add(new RefusedCase(name, kind, PACKAGE + message, VectorCases.json(values), code));
  }

  private static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
