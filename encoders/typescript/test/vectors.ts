import { readFileSync } from "node:fs";
import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { link, messagesOf } from "#dist/descriptor-files.js";

/** A case of vectors.json that must be reproduced. */
export interface Vector {
  readonly name: string;
  readonly kind: "relation" | "expression" | "command";
  readonly message: string;
  readonly values: Json;
  readonly decoded?: Json;
  readonly extension: string;
  readonly plan: string;
}

/** A case of vectors.json that must be refused. */
export interface RefusedVector {
  readonly name: string;
  readonly message: string;
  readonly values: Json;
  readonly code: string;
}

interface VectorFile {
  readonly descriptors: string;
  readonly vectors: readonly Vector[];
  readonly refused: readonly RefusedVector[];
}

type Json = Readonly<Record<string, unknown>>;

/** What holds the encoders of all languages together. */
export const file = JSON.parse(
  readFileSync(new URL("../../../vectors/vectors.json", import.meta.url), "utf8"),
) as VectorFile;

const messages = new Map(
  link(Buffer.from(file.descriptors, "base64"))
    .flatMap(messagesOf)
    .map((message) => [message.typeName, message]),
);

/** What a user of TypeScript would write for values in JSON; what does not fit stays as it is. */
export function given(message: string, values: Json): Json {
  const type = messages.get(message);
  return type === undefined ? values : fields(type, values);
}

function fields(type: DescMessage, values: Json): Json {
  const known = new Map(type.fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = known.get(name);
      return [name, field === undefined ? value : fieldValue(field, value)];
    }),
  );
}

function fieldValue(field: DescField, value: unknown): unknown {
  if (field.fieldKind === "list" && Array.isArray(value)) {
    return value.map((element) => single(field, element));
  } else if (field.fieldKind === "map" && isObject(value)) {
    return new Map(
      Object.entries(value).map(([key, element]) => [
        mapKey(field.mapKey, key),
        single(field, element),
      ]),
    );
  }
  return single(field, value);
}

function mapKey(type: ScalarType, text: string): unknown {
  switch (type) {
    case ScalarType.STRING:
      return text;
    case ScalarType.BOOL:
      return text === "true" || text === "false" ? text === "true" : text;
    default:
      return isLong(type) ? whole(text) : /^-?\d+$/.test(text) ? Number(text) : text;
  }
}

function single(field: DescField, value: unknown): unknown {
  if (field.message !== undefined) {
    return messageValue(field.message, value);
  } else if (field.scalar !== undefined) {
    return scalar(field.scalar, value);
  }
  return value;
}

function scalar(type: ScalarType, value: unknown): unknown {
  if (typeof value !== "string") {
    return type === ScalarType.FLOAT && typeof value === "number" ? rounded(value) : value;
  } else if (type === ScalarType.BYTES) {
    return bytes(value);
  } else if (type === ScalarType.DOUBLE || type === ScalarType.FLOAT) {
    return /^(NaN|-?Infinity)$/.test(value) ? Number(value) : value;
  }
  return isLong(type) ? whole(value) : value;
}

/** As a float holds it, unless it holds no such number: that is for the encoder to say. */
function rounded(value: number): number {
  const float = Math.fround(value);
  return Number.isFinite(float) ? float : value;
}

const WRAPPED = new Map([
  ["google.protobuf.Int64Value", ScalarType.INT64],
  ["google.protobuf.UInt64Value", ScalarType.UINT64],
  ["google.protobuf.BytesValue", ScalarType.BYTES],
  ["google.protobuf.DoubleValue", ScalarType.DOUBLE],
  ["google.protobuf.FloatValue", ScalarType.FLOAT],
]);

function messageValue(type: DescMessage, value: unknown): unknown {
  if (type.typeName.startsWith("spark.connect.") && typeof value === "string") {
    return bytes(value);
  }
  switch (type.typeName) {
    case "google.protobuf.Timestamp":
      return timestamp(String(value));
    case "google.protobuf.Duration":
      return duration(String(value));
    case "google.protobuf.FieldMask":
      return value === "" ? [] : snake(String(value)).split(",");
    case "google.protobuf.Struct":
    case "google.protobuf.Value":
    case "google.protobuf.ListValue":
      return value;
    case "google.protobuf.Any":
      return any(value as { type_url?: string; value?: string });
  }
  const wrapped = WRAPPED.get(type.typeName);
  if (wrapped !== undefined) {
    return scalar(wrapped, value);
  }
  return isObject(value) ? fields(type, value) : value;
}

function any(value: { type_url?: string; value?: string }): unknown {
  return { typeUrl: value.type_url ?? "", value: bytes(value.value ?? "") };
}

function timestamp(text: string): unknown {
  const [, moment = "", fraction = ""] = /^([^.]*?)(?:\.(\d+))?Z$/.exec(text) ?? [];
  return {
    seconds: BigInt(Date.parse(`${moment}Z`)) / 1000n,
    nanos: Number(fraction.padEnd(9, "0")),
  };
}

function duration(text: string): unknown {
  const [, sign = "", seconds = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?s$/.exec(text) ?? [];
  const nanos = Number(fraction.padEnd(9, "0"));
  return {
    seconds: BigInt(sign + seconds),
    nanos: sign === "-" && nanos !== 0 ? -nanos : nanos,
  };
}

function bytes(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, "base64"));
}

/** JSON has paths of a field mask in camel case. */
function snake(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function whole(text: string): unknown {
  return /^-?\d+$/.test(text) ? BigInt(text) : text;
}

function isLong(type: ScalarType): boolean {
  return [
    ScalarType.INT64,
    ScalarType.UINT64,
    ScalarType.SINT64,
    ScalarType.FIXED64,
    ScalarType.SFIXED64,
  ].includes(type);
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
