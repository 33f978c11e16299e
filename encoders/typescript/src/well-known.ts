import type { Inputs } from "./inputs.js";
import { PackedMessage } from "./nodes.js";
import type { Place } from "./place.js";

/** A moment: a `Date`, or seconds since 1970 began and nanoseconds, where a `Date` is too coarse. */
export type TimestampInput = Date | { readonly seconds: bigint | number; readonly nanos?: number };

/** A length of time; both parts have one sign. */
export interface DurationInput {
  readonly seconds: bigint | number;
  readonly nanos?: number;
}

/** A moment as it is decoded: seconds since 1970 began, and nanoseconds. */
export interface Timestamp {
  readonly seconds: bigint;
  readonly nanos: number;
}

/** A length of time as it is decoded; both parts have one sign. */
export interface Duration {
  readonly seconds: bigint;
  readonly nanos: number;
}

/** What JSON can hold; numbers must be finite. */
export type Json = null | boolean | number | string | JsonList | JsonObject;

/** A list of JSON. */
export type JsonList = readonly Json[];

/** An object of JSON. */
export interface JsonObject {
  readonly [name: string]: Json;
}

/** Paths of fields. */
export type FieldMask = readonly string[];

/** A message without fields. */
export type Empty = Readonly<Record<string, never>>;

/** Any message, packed: of {@link Operations.packed}, or a type URL with bytes. */
export interface AnyInput {
  readonly typeUrl: string;
  readonly value: Uint8Array;
}

const WRAPPERS: ReadonlySet<string> = new Set([
  "google.protobuf.DoubleValue",
  "google.protobuf.FloatValue",
  "google.protobuf.Int64Value",
  "google.protobuf.UInt64Value",
  "google.protobuf.Int32Value",
  "google.protobuf.UInt32Value",
  "google.protobuf.BoolValue",
  "google.protobuf.StringValue",
  "google.protobuf.BytesValue",
]);
const FIRST_MOMENT = Date.parse("0001-01-01T00:00:00Z");
const LAST_MOMENT = Date.parse("9999-12-31T23:59:59.999Z");

/** Whether null is a value of a message of that name. */
export function takesNull(typeName: string): boolean {
  return typeName === "google.protobuf.Value";
}

/** Whether a value is an object of fields, or a JSON object: no list, no bytes, nothing of a class of JavaScript's. */
export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !(Symbol.iterator in value) &&
    !(value instanceof Date) &&
    !(value instanceof PackedMessage) &&
    !ArrayBuffer.isView(value)
  );
}

/** The fields of a value of a well-known type; undefined if the type is none, or the value is no special one of it. */
export function wellKnownFields(
  typeName: string,
  value: unknown,
  inputs: Inputs,
  place: Place,
): object | undefined {
  if (WRAPPERS.has(typeName)) {
    return value === null || isFields(value) ? undefined : { value };
  }
  switch (typeName) {
    case "google.protobuf.Timestamp":
      return value instanceof Date ? timestamp(value, place) : undefined;
    case "google.protobuf.FieldMask":
      return Array.isArray(value) ? { paths: value } : undefined;
    case "google.protobuf.Struct":
      return value instanceof Map || isFields(value) ? { fields: value } : undefined;
    case "google.protobuf.ListValue":
      return Array.isArray(value) ? { values: value } : undefined;
    case "google.protobuf.Value":
      return jsonValue(value, place);
    case "google.protobuf.Any":
      return any(value, inputs, place);
    default:
      return undefined;
  }
}

function timestamp(date: Date, place: Place): object {
  const milliseconds = date.getTime();
  if (!(milliseconds >= FIRST_MOMENT && milliseconds <= LAST_MOMENT)) {
    throw place.outOfRange("a moment of the years 1 to 9999", milliseconds);
  }
  const seconds = Math.floor(milliseconds / 1000);
  return { seconds, nanos: (milliseconds - seconds * 1000) * 1_000_000 };
}

function jsonValue(value: unknown, place: Place): object {
  switch (typeof value) {
    case "boolean":
      return { bool_value: value };
    case "string":
      return { string_value: value };
    case "number":
      if (!Number.isFinite(value)) {
        throw place.error("GRAFT_FIELD_RANGE", "must be a finite number, as JSON has them");
      }
      return { number_value: value };
    default:
      if (value === null) {
        return { null_value: 0 };
      } else if (Array.isArray(value)) {
        return { list_value: value };
      } else if (value instanceof Map || isFields(value)) {
        return { struct_value: value };
      }
      throw place.wrongType(
        "what JSON can hold: null, true, a number, a text, an array, an object",
        value,
      );
  }
}

function any(value: unknown, inputs: Inputs, place: Place): object | undefined {
  if (value instanceof PackedMessage) {
    inputs.join(value.session, place);
    return { type_url: value.typeUrl, value: value.value };
  }
  if (isFields(value) && "typeUrl" in value) {
    const { typeUrl, ...others } = value;
    return { type_url: typeUrl, ...others };
  }
  return undefined;
}

/** What callers get for a message whose fields were decoded; the fields themselves where there is nothing better. */
export function wellKnownValue(
  typeName: string,
  fields: Readonly<Record<string, unknown>>,
  zero: () => unknown,
): unknown {
  if (WRAPPERS.has(typeName)) {
    return fields["value"] ?? zero();
  }
  switch (typeName) {
    case "google.protobuf.Timestamp":
    case "google.protobuf.Duration":
      return { seconds: fields["seconds"] ?? 0n, nanos: fields["nanos"] ?? 0 };
    case "google.protobuf.FieldMask":
      return fields["paths"] ?? [];
    case "google.protobuf.ListValue":
      return fields["values"] ?? [];
    case "google.protobuf.Struct":
      return Object.fromEntries((fields["fields"] ?? new Map()) as ReadonlyMap<string, unknown>);
    case "google.protobuf.Value":
      return "null_value" in fields ? null : (Object.values(fields)[0] ?? null);
    case "google.protobuf.Any":
      return new PackedMessage(
        (fields["type_url"] ?? "") as string,
        (fields["value"] ?? new Uint8Array()) as Uint8Array,
      );
    default:
      return fields;
  }
}
