import type { Message } from "@bufbuild/protobuf";

/** A 64-bit whole number; beyond 2^53-1 a `bigint`. */
export type LongInput = bigint | number;

/** A map: a `Map`, or an object, whose keys are texts even where the map's are numbers or truth values. */
export type MapInput<Key, Value> = ReadonlyMap<Key, Value> | Readonly<Record<string, Value>>;

/** A message for which generated clients have no type: of generated code, an object of its fields, or its bytes. */
export type MessageInput = Message | Readonly<Record<string, unknown>> | Uint8Array;

/** A value of an enum as it is received: its number where it has no name that is known. */
export type OpenEnum<Name extends string> = Name | number;
