import { type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { GraftInputError, textOf } from "./errors.js";
import { DEEPEST } from "./place.js";
import { joined } from "./plan-bytes.js";
import { isZero, readScalar, wireTypeOf, zeroOf } from "./scalars.js";
import {
  type Field,
  isDelimited,
  type MessageSchema,
  type Schemas,
  type ValueType,
} from "./schema.js";
import { wellKnownValue } from "./well-known.js";

/** Decoded values by name. */
export type DecodedValues = Record<string, unknown>;

/** Reads a message by its descriptor; the bytes may come from anywhere. */
export class MessageDecoder {
  constructor(
    private readonly schemas: Schemas,
    private readonly withZeros: boolean,
  ) {}

  decode(type: DescMessage, bytes: Uint8Array): DecodedValues {
    try {
      return this.fields(this.schemas.of(type), bytes, 0);
    } catch (e) {
      throw new GraftInputError(
        "GRAFT_BYTES_INVALID",
        `The bytes are no message ${type.typeName}: ${textOf(e)}`,
        { cause: e },
      );
    }
  }

  private fields(schema: MessageSchema, bytes: Uint8Array, depth: number): DecodedValues {
    if (depth > DEEPEST) {
      throw new RangeError(`messages are nested more than ${String(DEEPEST)} levels deep`);
    }
    const read = readFields(schema, bytes);
    const found: [string, unknown][] = [];
    for (const field of schema.fields) {
      const elements = read.get(field);
      if (elements === undefined) {
        if (this.withZeros && !field.presence) {
          found.push([field.name, absent(field)]);
        }
        continue;
      }
      const value = this.value(field, elements, depth);
      if (this.withZeros || field.presence || !isAbsent(field, value)) {
        found.push([field.name, value]);
      }
    }
    return Object.fromEntries(found);
  }

  private value(field: Field, elements: readonly unknown[], depth: number): unknown {
    if (field.shape === "list") {
      return elements.map((element) => this.single(field.type, element, depth));
    } else if (field.shape === "map") {
      return this.map(field, elements, depth);
    }
    // A message that comes in several parts is all of them.
    const whole =
      field.type.kind === "message" ? joined(elements as readonly Uint8Array[]) : elements.at(-1);
    return this.single(field.type, whole, depth);
  }

  private map(field: Field, entries: readonly unknown[], depth: number): Map<unknown, unknown> {
    const map = new Map<unknown, unknown>();
    for (const bytes of entries) {
      const [key, value] = readEntry(field, bytes as Uint8Array);
      const read = value ?? (field.type.kind === "message" ? new Uint8Array() : zero(field.type));
      map.set(key ?? zeroOf(field.key), this.single(field.type, read, depth));
    }
    return map;
  }

  /** What callers get for what was read. */
  private single(type: ValueType, read: unknown, depth: number): unknown {
    if (type.kind === "enum") {
      return type.type.values.find((value) => value.number === read)?.name ?? read;
    } else if (type.kind !== "message") {
      return read;
    }
    const schema = this.schemas.of(type.type);
    return wellKnownValue(
      schema.typeName,
      this.fields(schema, read as Uint8Array, depth + 1),
      () => {
        const wrapped = schema.byNumber.get(1);
        return wrapped === undefined ? undefined : zero(wrapped.type);
      },
    );
  }
}

/** For each field that is there what was read: scalars, and messages as bytes. */
function readFields(schema: MessageSchema, bytes: Uint8Array): Map<Field, unknown[]> {
  const found = new Map<Field, unknown[]>();
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    const field = schema.byNumber.get(number);
    if (field === undefined) {
      reader.skip(wireType, number);
      continue;
    }
    const values = readValues(reader, field, wireType);
    if (values === undefined) {
      reader.skip(wireType, number);
      continue;
    }
    forgetOtherMembers(schema, field, found);
    const known = found.get(field);
    if (known === undefined) {
      found.set(field, values);
    } else {
      values.forEach((value) => known.push(value));
    }
  }
  return found;
}

/** What a tag of a field is followed by; undefined if that is nothing of the field's type. */
function readValues(reader: BinaryReader, field: Field, wireType: WireType): unknown[] | undefined {
  const scalar = field.shape === "map" ? ScalarType.BYTES : scalarOf(field.type);
  const values: unknown[] = [];
  if (isDelimited(field.type)) {
    return wireType === WireType.StartGroup ? [readGroup(reader, field.number)] : undefined;
  }
  if (wireType === wireTypeOf(scalar)) {
    values.push(readScalar(reader, scalar));
  } else if (wireType === WireType.LengthDelimited && field.shape === "list") {
    const packed = new BinaryReader(reader.bytes());
    while (packed.pos < packed.len) {
      values.push(readScalar(packed, scalar));
    }
  } else {
    return undefined;
  }
  // A closed enum's unknown numbers are unknown fields.
  return values.filter((value) => field.shape === "map" || isKnown(field.type, value));
}

/** What stands between the tags around a message. */
function readGroup(reader: BinaryReader, number: number): Uint8Array {
  const skipped = reader.skip(WireType.StartGroup, number);
  const end = new BinaryWriter().tag(number, WireType.EndGroup).finish();
  return skipped.subarray(0, skipped.length - end.length);
}

function readEntry(field: Field, bytes: Uint8Array): [key: unknown, value: unknown] {
  let key: unknown;
  let value: unknown;
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    if (number === 1 && wireType === wireTypeOf(field.key)) {
      key = readScalar(reader, field.key);
    } else if (number === 2 && wireType === wireTypeOf(scalarOf(field.type))) {
      value = readScalar(reader, scalarOf(field.type));
    } else {
      reader.skip(wireType, number);
    }
  }
  return [key, value];
}

function isKnown(type: ValueType, value: unknown): boolean {
  return (
    type.kind !== "enum" || type.type.open || type.type.values.some((each) => each.number === value)
  );
}

function forgetOtherMembers(
  schema: MessageSchema,
  field: Field,
  found: Map<Field, unknown[]>,
): void {
  if (field.oneof !== undefined) {
    for (const other of schema.fields) {
      if (other !== field && other.oneof === field.oneof) {
        found.delete(other);
      }
    }
  }
}

function scalarOf(type: ValueType): ScalarType {
  switch (type.kind) {
    case "scalar":
      return type.scalar;
    case "enum":
      return ScalarType.INT32;
    default:
      return ScalarType.BYTES;
  }
}

function zero(type: ValueType): unknown {
  return type.kind === "enum" ? (type.type.values[0]?.number ?? 0) : zeroOf(scalarOf(type));
}

function absent(field: Field): unknown {
  switch (field.shape) {
    case "list":
      return [];
    case "map":
      return new Map();
    case "single":
      return field.type.kind === "enum" ? (field.type.type.values[0]?.name ?? 0) : zero(field.type);
  }
}

function isAbsent(field: Field, value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.length === 0;
  } else if (value instanceof Map) {
    return value.size === 0;
  } else if (field.type.kind === "enum") {
    return value === 0 || value === field.type.type.values.find((each) => each.number === 0)?.name;
  }
  return isZero(typeof value === "string" ? new TextEncoder().encode(value) : (value as number));
}
