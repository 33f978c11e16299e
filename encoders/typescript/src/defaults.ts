import { ScalarType } from "@bufbuild/protobuf";
import type { Place } from "./place.js";
import type { Field } from "./schema.js";

const INTEGER = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const BASE64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The value that an author's default stands for, as a caller would give it. */
export function defaultValue(field: Field, place: Place): unknown {
  const text = field.defaultText;
  const value = field.shape === "single" ? valueOf(field, text) : undefined;
  if (value === undefined) {
    throw place.error(
      "GRAFT_DESCRIPTORS_INVALID",
      `has the default '${text}', which no value of its type is; give a value yourself`,
    );
  }
  return value;
}

function valueOf(field: Field, text: string): unknown {
  const type = field.type;
  switch (type.kind) {
    case "enum":
      return type.type.values.some((value) => value.name === text) ? text : integer(text);
    case "scalar":
      return scalar(type.scalar, text);
    default:
      return undefined;
  }
}

function scalar(type: ScalarType, text: string): unknown {
  switch (type) {
    case ScalarType.STRING:
      return text;
    case ScalarType.BYTES:
      return BASE64.test(text) ? new Uint8Array(Buffer.from(text, "base64")) : undefined;
    case ScalarType.BOOL:
      return text === "true" || text === "false" ? text === "true" : undefined;
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return fraction(text);
    default:
      return integer(text);
  }
}

function integer(text: string): bigint | undefined {
  return INTEGER.test(text) ? BigInt(text.replace("+", "")) : undefined;
}

function fraction(text: string): number | undefined {
  switch (text) {
    case "NaN":
      return NaN;
    case "Infinity":
      return Infinity;
    case "-Infinity":
      return -Infinity;
    default:
      return NUMBER.test(text) ? Number(text) : undefined;
  }
}
