import {
  type DescEnum,
  type DescField,
  type DescMessage,
  type DescOneof,
  getOption,
  ScalarType,
} from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { argument, Kind } from "./messages/graft/annotations_pb.js";

/** What a relation, an expression or a plan inside a message is. */
export type InputType = "relation" | "expression" | "plan";

/** The type of one value: of a field, of a list's element, of a map's value. */
export type ValueType =
  | { readonly kind: "scalar"; readonly scalar: ScalarType }
  | { readonly kind: "enum"; readonly type: DescEnum }
  /** `delimited`: between two tags, as a group is, not behind its length. */
  | { readonly kind: "message"; readonly type: DescMessage; readonly delimited: boolean }
  | { readonly kind: "input"; readonly input: InputType; readonly delimited: boolean };

/** A field as encoding and decoding want it. */
export interface Field {
  /** What callers know it by. */
  readonly name: string;
  readonly number: number;
  readonly shape: "single" | "list" | "map";
  readonly type: ValueType;
  /** Of a map's keys. */
  readonly key: ScalarType;
  readonly packed: boolean;
  /** Whether absent and zero are different. */
  readonly presence: boolean;
  /** Must be given, and not be empty. */
  readonly required: boolean;
  /** proto2's own: must be given. */
  readonly legacyRequired: boolean;
  /** The text of the value that is sent where none is given; empty if there is none. */
  readonly defaultText: string;
  readonly oneof: DescOneof | undefined;
}

/** A message as encoding and decoding want it. */
export interface MessageSchema {
  readonly typeName: string;
  /** In ascending order of numbers. */
  readonly fields: readonly Field[];
  readonly byName: ReadonlyMap<string, Field>;
  readonly byNumber: ReadonlyMap<number, Field>;
  /** The oneofs of the source, with their members. */
  readonly oneofs: readonly (readonly [name: string, members: readonly Field[]])[];
}

/**
 * Names under which callers know fields, where they are others than the source's: by the full name of the message,
 * then by the field's name in the source.
 */
export type ClientNames = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The schemas of messages, made when they are first wanted. */
export class Schemas {
  private readonly made = new Map<DescMessage, MessageSchema>();

  constructor(private readonly names: ClientNames) {}

  of(type: DescMessage): MessageSchema {
    let schema = this.made.get(type);
    if (schema === undefined) {
      schema = this.make(type);
      this.made.set(type, schema);
    }
    return schema;
  }

  private make(type: DescMessage): MessageSchema {
    const names = own(this.names, type.typeName);
    const fields = type.fields
      .map((field) => fieldOf(field, own(names, field.name) ?? field.name))
      .sort((a, b) => a.number - b.number);
    return {
      typeName: type.typeName,
      fields,
      byName: new Map(fields.map((field) => [field.name, field])),
      byNumber: new Map(fields.map((field) => [field.number, field])),
      oneofs: type.oneofs.map((oneof) => [
        oneof.name,
        fields.filter((field) => field.oneof === oneof),
      ]),
    };
  }
}

function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

function fieldOf(field: DescField, name: string): Field {
  const said = getOption(field, argument);
  let held: InputType | undefined;
  if (said.holds === Kind.RELATION) {
    held = said.plan ? "plan" : "relation";
  } else if (said.holds === Kind.EXPRESSION) {
    held = "expression";
  }
  const shape =
    field.fieldKind === "list" || field.fieldKind === "map" ? field.fieldKind : "single";
  return {
    name,
    number: field.number,
    shape,
    type: typeOf(field, held),
    key: field.fieldKind === "map" ? field.mapKey : ScalarType.STRING,
    packed: field.fieldKind === "list" && field.packed,
    presence: shape === "single" && field.presence !== FeatureSet_FieldPresence.IMPLICIT,
    required: said.required,
    legacyRequired: field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED,
    defaultText: said.default,
    oneof: field.oneof,
  };
}

/** Whether a value stands between two tags. */
export function isDelimited(type: ValueType): boolean {
  return (type.kind === "message" || type.kind === "input") && type.delimited;
}

function typeOf(field: DescField, held: InputType | undefined): ValueType {
  if (field.message !== undefined) {
    const delimited = field.fieldKind !== "map" && field.delimitedEncoding;
    switch (field.message.typeName) {
      case "spark.connect.Relation":
        return { kind: "input", input: "relation", delimited };
      case "spark.connect.Expression":
        return { kind: "input", input: "expression", delimited };
      case "spark.connect.Plan":
        return { kind: "input", input: "plan", delimited };
    }
    return { kind: "message", type: field.message, delimited };
  } else if (field.enum !== undefined) {
    return { kind: "enum", type: field.enum };
  } else if (held !== undefined && field.scalar === ScalarType.BYTES) {
    return { kind: "input", input: held, delimited: false };
  }
  return { kind: "scalar", scalar: field.scalar };
}
