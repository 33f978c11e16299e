import { ScalarType } from "@bufbuild/protobuf";
import type { Place } from "./place.js";
import { type Checked, checkedScalar } from "./scalars.js";
import { isFields } from "./well-known.js";

const INTEGER = /^-?\d+$/;

/** An entry of a map: its key as it is written, its value as it was given. */
export interface MapEntry {
  readonly key: Checked;
  readonly value: unknown;
  readonly place: Place;
}

/**
 * The entries of a map in the order in which they are written: there must be one, so that equal messages have equal
 * bytes. The keys of an object are texts whatever the type, and are read as such.
 */
export function mapEntries(type: ScalarType, map: unknown, place: Place): MapEntry[] {
  let given: [unknown, unknown][];
  if (map instanceof Map) {
    given = [...(map as Map<unknown, unknown>)];
  } else if (isFields(map)) {
    given = Object.entries(map).map(([key, value]) => [keyOf(type, key), value]);
  } else {
    throw place.wrongType("a map: a Map, or an object", map);
  }
  const entries = given.map(([key, value]) => {
    const here = place.element(key);
    return { key: checkedScalar(type, key, here), value, place: here };
  });
  entries.sort((a, b) => compare(a.key, b.key));
  entries.forEach((entry, index) => {
    const next = entries[index + 1];
    if (next !== undefined && compare(entry.key, next.key) === 0) {
      throw entry.place.error("GRAFT_FIELD_TWICE", "is given twice, as keys of two types");
    }
  });
  return entries;
}

function keyOf(type: ScalarType, text: string): unknown {
  switch (type) {
    case ScalarType.STRING:
      return text;
    case ScalarType.BOOL:
      return text === "true" || text === "false" ? text === "true" : text;
    default:
      return INTEGER.test(text) ? BigInt(text) : text;
  }
}

/** By value; texts by their bytes, which is not the order of JavaScript's strings. */
function compare(a: Checked, b: Checked): number {
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    return Buffer.compare(a, b);
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
