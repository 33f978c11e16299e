import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

// The few nodes around an extension, as bytes: what is inside may come from a newer Spark, or be deeper than a parser goes.

const ANY_TYPE_URL = 1;
const ANY_VALUE = 2;
const ALIAS_EXPRESSION = 1;
const ALIAS_NAME = 2;
const ATTRIBUTE_UNPARSED_IDENTIFIER = 1;
const COMMAND_EXTENSION = 999;
const EXPRESSION_ALIAS = 6;
const EXPRESSION_EXTENSION = 999;
const EXPRESSION_UNRESOLVED_ATTRIBUTE = 2;
const PLAN_COMMAND = 2;
const PLAN_ROOT = 1;
const PROJECT_EXPRESSIONS = 3;
const PROJECT_INPUT = 1;
const RELATION_EXTENSION = 998;
const RELATION_PROJECT = 3;

/** What stands before the name of a message in its type URL. */
export const TYPE_URL_PREFIX = "type.googleapis.com/";

export function relationExtension(typeUrl: string, value: Uint8Array): Uint8Array {
  return field(RELATION_EXTENSION, any(typeUrl, value));
}

export function expressionExtension(typeUrl: string, value: Uint8Array): Uint8Array {
  return field(EXPRESSION_EXTENSION, any(typeUrl, value));
}

export function commandExtension(typeUrl: string, value: Uint8Array): Uint8Array {
  return field(COMMAND_EXTENSION, any(typeUrl, value));
}

export function attribute(name: Uint8Array): Uint8Array {
  return field(EXPRESSION_UNRESOLVED_ATTRIBUTE, field(ATTRIBUTE_UNPARSED_IDENTIFIER, name));
}

export function alias(expression: Uint8Array, name: Uint8Array): Uint8Array {
  return field(
    EXPRESSION_ALIAS,
    joined([field(ALIAS_EXPRESSION, expression), field(ALIAS_NAME, name)]),
  );
}

export function projection(input: Uint8Array, expressions: readonly Uint8Array[]): Uint8Array {
  const columns = expressions.map((expression) => field(PROJECT_EXPRESSIONS, expression));
  return field(RELATION_PROJECT, joined([field(PROJECT_INPUT, input), ...columns]));
}

export function planOfRelation(relation: Uint8Array): Uint8Array {
  return field(PLAN_ROOT, relation);
}

export function planOfCommand(command: Uint8Array): Uint8Array {
  return field(PLAN_COMMAND, command);
}

/** A `google.protobuf.Any`. */
function any(typeUrl: string, value: Uint8Array): Uint8Array {
  const name = field(ANY_TYPE_URL, new TextEncoder().encode(typeUrl));
  return value.length === 0 ? name : joined([name, field(ANY_VALUE, value)]);
}

function field(number: number, bytes: Uint8Array): Uint8Array {
  return new BinaryWriter().tag(number, WireType.LengthDelimited).bytes(bytes).finish();
}

/** The bytes one behind the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) {
    return first;
  }
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let start = 0;
  for (const part of parts) {
    all.set(part, start);
    start += part.length;
  }
  return all;
}
