import { type DescMessage, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { defaultValue } from "./defaults.js";
import { GraftInputError } from "./errors.js";
import { Inputs, isMessage } from "./inputs.js";
import { mapEntries } from "./map-entries.js";
import { type Place, shown } from "./place.js";
import {
  type Checked,
  checkedEnum,
  checkedScalar,
  isZero,
  wireTypeOf,
  writeScalar,
} from "./scalars.js";
import {
  type Field,
  isDelimited,
  type MessageSchema,
  type Schemas,
  type ValueType,
} from "./schema.js";
import { ScalarType } from "@bufbuild/protobuf";
import { isFields, takesNull, wellKnownFields } from "./well-known.js";

/**
 * Checks named values against a message's descriptor and writes them in the one form that every encoder of Graft writes:
 * fields by number, map entries by key, nothing that says nothing. Equal values give equal bytes in every language,
 * which caches and tests rely on.
 */
export class MessageEncoder {
  constructor(
    private readonly schemas: Schemas,
    private readonly inputs: Inputs,
  ) {}

  encode(type: DescMessage, values: object, place: Place): Uint8Array {
    const schema = this.schemas.of(type);
    const given = givenFields(schema, values);
    checkOneofs(schema, given, place);
    const writer = new BinaryWriter();
    for (const field of schema.fields) {
      const here = place.field(field.name);
      const value = valueOrDefault(schema, field, given, here);
      if (value === undefined) {
        continue;
      }
      if (field.shape === "map") {
        this.writeMap(writer, field, value, here);
      } else if (field.shape === "list") {
        this.writeList(writer, field, value, here);
      } else {
        const checked = this.checked(field.type, value, here);
        if (field.presence || !isZero(checked)) {
          writeOne(writer, field.number, field.type, checked);
        }
      }
    }
    return writer.finish();
  }

  private writeList(writer: BinaryWriter, field: Field, value: unknown, place: Place): void {
    if (!isList(value)) {
      throw place.wrongType("a list", value);
    }
    const elements: Checked[] = [];
    for (const element of value) {
      elements.push(this.checked(field.type, element, place.element(elements.length)));
    }
    if (!field.packed) {
      for (const element of elements) {
        writeOne(writer, field.number, field.type, element);
      }
    } else if (elements.length > 0) {
      writer.tag(field.number, WireType.LengthDelimited).fork();
      for (const element of elements) {
        writeScalar(writer, scalarOf(field.type), element);
      }
      writer.join();
    }
  }

  private writeMap(writer: BinaryWriter, field: Field, value: unknown, place: Place): void {
    for (const entry of mapEntries(field.key, value, place)) {
      const element = this.checked(field.type, entry.value, entry.place);
      writer.tag(field.number, WireType.LengthDelimited).fork();
      writer.tag(1, wireTypeOf(field.key));
      writeScalar(writer, field.key, entry.key);
      writeOne(writer, 2, field.type, element);
      writer.join();
    }
  }

  /** A value as it is written; a message or an input as its bytes. */
  private checked(type: ValueType, value: unknown, place: Place): Checked {
    switch (type.kind) {
      case "scalar":
        return checkedScalar(type.scalar, value, place);
      case "enum":
        return checkedEnum(type.type, value, place);
      case "input":
        return this.inputs.bytes(type.input, value, place);
      case "message":
        return this.message(type.type, value, place);
    }
  }

  private message(type: DescMessage, value: unknown, place: Place): Uint8Array {
    if (isMessage(value) && value.$typeName === type.typeName) {
      return toBinary(type, value);
    } else if (value instanceof Uint8Array && type.typeName.startsWith("spark.connect.")) {
      return value;
    }
    const known = wellKnownFields(type.typeName, value, this.inputs, place);
    if (known !== undefined) {
      return this.encode(type, known, place.deeper());
    } else if (isFields(value) && !isMessage(value)) {
      return this.encode(type, value, place.deeper());
    }
    throw place.wrongType(`a message ${type.typeName}, or an object of its fields`, value);
  }
}

function givenFields(schema: MessageSchema, values: object): ReadonlyMap<Field, unknown> {
  const given = new Map<Field, unknown>();
  for (const [name, value] of Object.entries(values) as [string, unknown][]) {
    const field = schema.byName.get(name);
    if (field === undefined) {
      throw new GraftInputError(
        "GRAFT_FIELD_UNKNOWN",
        `${schema.typeName} has no field '${shown(name)}'. Its fields: ` +
          `${schema.fields.map((each) => each.name).join(", ")}.`,
      );
    }
    if (value !== undefined && (value !== null || isNullValue(field))) {
      given.set(field, value);
    }
  }
  return given;
}

/** Null is no value, except where it is one: in a google.protobuf.Value. */
function isNullValue(field: Field): boolean {
  return (
    field.shape === "single" && field.type.kind === "message" && takesNull(field.type.type.typeName)
  );
}

function checkOneofs(
  schema: MessageSchema,
  given: ReadonlyMap<Field, unknown>,
  place: Place,
): void {
  for (const [name, members] of schema.oneofs) {
    const found = members.filter((member) => given.has(member)).map((member) => member.name);
    if (found.length > 1) {
      const where = place.path === "" ? "" : ` at ${place.toString()}`;
      throw new GraftInputError(
        "GRAFT_FIELD_TWICE",
        `Only one of the fields ${found.join(", ")} of ${schema.typeName}${where} can be given: ` +
          `they are members of the oneof '${name}'`,
      );
    }
  }
}

function valueOrDefault(
  schema: MessageSchema,
  field: Field,
  given: ReadonlyMap<Field, unknown>,
  place: Place,
): unknown {
  let value = given.get(field);
  if (!given.has(field)) {
    if (field.defaultText !== "" && oneofIsFree(schema, field, given)) {
      value = defaultValue(field, place);
    } else if (field.required || field.legacyRequired) {
      throw place.error("GRAFT_FIELD_REQUIRED", "must be given");
    }
  }
  if (field.required && isEmpty(field, value)) {
    throw place.error("GRAFT_FIELD_REQUIRED", "must be given, and is empty");
  }
  return value;
}

function oneofIsFree(
  schema: MessageSchema,
  field: Field,
  given: ReadonlyMap<Field, unknown>,
): boolean {
  return (
    field.oneof === undefined ||
    schema.fields.every((each) => each.oneof !== field.oneof || !given.has(each))
  );
}

/** Whether it is an empty text, list or map, or no bytes; a message or an input is there even when it has no bytes. */
function isEmpty(field: Field, value: unknown): boolean {
  if (field.shape === "single" && field.type.kind === "message") {
    return false;
  }
  if (typeof value === "string" || Array.isArray(value) || value instanceof Uint8Array) {
    return value.length === 0;
  } else if (value instanceof Map || value instanceof Set) {
    return value.size === 0;
  }
  return field.shape === "map" && isFields(value) && Object.keys(value).length === 0;
}

function isList(value: unknown): value is Iterable<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    Symbol.iterator in value &&
    !(value instanceof Uint8Array) &&
    !(value instanceof Map)
  );
}

function scalarOf(type: ValueType): ScalarType {
  // Enums are written as int32; messages and inputs as bytes.
  switch (type.kind) {
    case "scalar":
      return type.scalar;
    case "enum":
      return ScalarType.INT32;
    default:
      return ScalarType.BYTES;
  }
}

function writeOne(writer: BinaryWriter, number: number, type: ValueType, checked: Checked): void {
  if (isDelimited(type)) {
    writer.tag(number, WireType.StartGroup);
    writer.raw(checked as Uint8Array);
    writer.tag(number, WireType.EndGroup);
    return;
  }
  const scalar = scalarOf(type);
  writer.tag(number, wireTypeOf(scalar));
  writeScalar(writer, scalar, checked);
}
