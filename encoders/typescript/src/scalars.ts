import { type DescEnum, ScalarType } from "@bufbuild/protobuf";
import { type BinaryReader, type BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { Place } from "./place.js";

/**
 * A scalar as it is written: texts as their UTF-8 bytes, enums as numbers, 64-bit numbers as bigints.
 */
export type Checked = number | bigint | boolean | Uint8Array;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The value to be written for what a caller gave. */
export function checkedScalar(type: ScalarType, value: unknown, place: Place): Checked {
  switch (type) {
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return Number(whole(value, 32, true, place));
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return Number(whole(value, 32, false, place));
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return whole(value, 64, true, place);
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return whole(value, 64, false, place);
    case ScalarType.DOUBLE:
      return fraction(value, place);
    case ScalarType.FLOAT:
      return single(value, place);
    case ScalarType.BOOL:
      if (typeof value !== "boolean") {
        throw place.wrongType("true or false", value);
      }
      return value;
    case ScalarType.STRING:
      return utf8(value, place);
    case ScalarType.BYTES:
      if (!(value instanceof Uint8Array)) {
        throw place.wrongType("bytes, as a Uint8Array", value);
      }
      return value;
  }
}

function whole(value: unknown, bits: 32 | 64, signed: boolean, place: Place): bigint {
  const type = `${signed ? "a signed" : "an unsigned"} ${String(bits)}-bit whole number`;
  let number: bigint;
  if (typeof value === "bigint") {
    number = value;
  } else if (typeof value === "number" && Number.isInteger(value)) {
    if (bits === 64 && !Number.isSafeInteger(value)) {
      throw place.outOfRange("a bigint where a number cannot hold every whole number", value);
    }
    number = BigInt(value);
  } else {
    throw place.wrongType(type, value);
  }
  if (number !== (signed ? BigInt.asIntN(bits, number) : BigInt.asUintN(bits, number))) {
    throw place.outOfRange(type, value);
  }
  return number;
}

function fraction(value: unknown, place: Place): number {
  if (typeof value === "number") {
    return value;
  } else if (typeof value === "bigint") {
    const converted = Number(value);
    if (!Number.isFinite(converted)) {
      throw place.outOfRange("a number that a double can hold", value);
    }
    return converted;
  }
  throw place.wrongType("a number", value);
}

function single(value: unknown, place: Place): number {
  const number = fraction(value, place);
  const rounded = Math.fround(number);
  if (Number.isFinite(number) && !Number.isFinite(rounded)) {
    throw place.outOfRange("a number that a float can hold", value);
  }
  return rounded;
}

/** The bytes of a text. */
export function utf8(value: unknown, place: Place): Uint8Array {
  if (typeof value !== "string") {
    throw place.wrongType("a text", value);
  }
  if (!value.isWellFormed()) {
    throw place.error(
      "GRAFT_FIELD_RANGE",
      "holds half of a surrogate pair, which UTF-8 cannot hold; give whole characters",
    );
  }
  return encoder.encode(value);
}

/** The number of an enum's value, which may be given by name. */
export function checkedEnum(type: DescEnum, value: unknown, place: Place): number {
  const names = (): string => type.values.map((each) => each.name).join(", ");
  if (typeof value === "string") {
    const named = type.values.find((each) => each.name === value);
    if (named === undefined) {
      throw place.outOfRange(`one of ${names()}`, value);
    }
    return named.number;
  }
  if (typeof value !== "number" && typeof value !== "bigint") {
    throw place.wrongType("the name or the number of an enum's value", value);
  }
  const number = Number(whole(value, 32, true, place));
  if (!type.open && type.values.every((each) => each.number !== number)) {
    throw place.outOfRange(`one of ${names()}`, value);
  }
  return number;
}

/** Whether a field without presence leaves the value out; -0 is written. */
export function isZero(checked: Checked): boolean {
  return checked instanceof Uint8Array
    ? checked.length === 0
    : Object.is(checked, 0) || checked === 0n || checked === false;
}

/** What a decoded field without presence is where it is absent. */
export function zeroOf(type: ScalarType): unknown {
  switch (type) {
    case ScalarType.STRING:
      return "";
    case ScalarType.BYTES:
      return new Uint8Array();
    case ScalarType.BOOL:
      return false;
    case ScalarType.INT64:
    case ScalarType.UINT64:
    case ScalarType.SINT64:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return 0n;
    default:
      return 0;
  }
}

export function wireTypeOf(type: ScalarType): WireType {
  switch (type) {
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return WireType.LengthDelimited;
    case ScalarType.DOUBLE:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return WireType.Bit64;
    case ScalarType.FLOAT:
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
      return WireType.Bit32;
    default:
      return WireType.Varint;
  }
}

/** Writes a checked value without a tag. */
export function writeScalar(writer: BinaryWriter, type: ScalarType, checked: Checked): void {
  if (checked instanceof Uint8Array) {
    writer.bytes(checked);
  } else if (typeof checked === "boolean") {
    writer.bool(checked);
  } else if (typeof checked === "bigint") {
    writeLong(writer, type, checked);
  } else {
    writeNumber(writer, type, checked);
  }
}

function writeLong(writer: BinaryWriter, type: ScalarType, value: bigint): void {
  switch (type) {
    case ScalarType.UINT64:
      writer.uint64(value);
      break;
    case ScalarType.SINT64:
      writer.sint64(value);
      break;
    case ScalarType.FIXED64:
      writer.fixed64(value);
      break;
    case ScalarType.SFIXED64:
      writer.sfixed64(value);
      break;
    default:
      writer.int64(value);
  }
}

function writeNumber(writer: BinaryWriter, type: ScalarType, value: number): void {
  switch (type) {
    case ScalarType.DOUBLE:
      writer.double(canonical(value));
      break;
    case ScalarType.FLOAT:
      writer.float(canonical(value));
      break;
    case ScalarType.UINT32:
      writer.uint32(value);
      break;
    case ScalarType.SINT32:
      writer.sint32(value);
      break;
    case ScalarType.FIXED32:
      writer.fixed32(value);
      break;
    case ScalarType.SFIXED32:
      writer.sfixed32(value);
      break;
    default:
      writer.int32(value);
  }
}

/** Bits of a NaN say nothing, and differ between machines. */
function canonical(value: number): number {
  return Number.isNaN(value) ? NaN : value;
}

/** Reads a value without a tag. */
export function readScalar(reader: BinaryReader, type: ScalarType): unknown {
  switch (type) {
    case ScalarType.DOUBLE:
      return reader.double();
    case ScalarType.FLOAT:
      return reader.float();
    case ScalarType.INT32:
      return reader.int32();
    case ScalarType.UINT32:
      return reader.uint32();
    case ScalarType.SINT32:
      return reader.sint32();
    case ScalarType.FIXED32:
      return reader.fixed32();
    case ScalarType.SFIXED32:
      return reader.sfixed32();
    case ScalarType.INT64:
      return BigInt(reader.int64());
    case ScalarType.UINT64:
      return BigInt(reader.uint64());
    case ScalarType.SINT64:
      return BigInt(reader.sint64());
    case ScalarType.FIXED64:
      return BigInt(reader.fixed64());
    case ScalarType.SFIXED64:
      return BigInt(reader.sfixed64());
    case ScalarType.BOOL:
      return reader.bool();
    case ScalarType.STRING:
      return decoder.decode(reader.bytes());
    case ScalarType.BYTES:
      return reader.bytes().slice();
  }
}
