import assert from "node:assert/strict";
import { test } from "node:test";
import { GraftInputError, Operations } from "graft-connect";
import { planOfCommand, planOfRelation } from "#dist/plan-bytes.js";
import { file, given, type Vector } from "./vectors.js";

const operations = new Operations(file.descriptors);

test("there are vectors", () => {
  assert.ok(file.vectors.length >= 142);
  assert.ok(file.refused.length >= 76);
});

for (const vector of file.vectors) {
  test(`encodes ${vector.name}`, () => {
    const values = given(vector.message, vector.values);
    assert.equal(hex(operations.encode(vector.message, values)), vector.extension);
    assert.equal(hex(plan(vector, values)), vector.plan);
  });

  test(`decodes ${vector.name}`, () => {
    const decoded = operations.decode(vector.message, Buffer.from(vector.extension, "hex"));
    assert.deepEqual(
      normal(decoded),
      normal(given(vector.message, vector.decoded ?? vector.values)),
    );
  });

  test(`encodes again what it decoded of ${vector.name}`, () => {
    // With zeros, since a default would be filled in for a zero that is left out.
    const bytes = Buffer.from(vector.extension, "hex");
    const decoded = operations.decodeWithZeros(vector.message, bytes);
    assert.equal(hex(operations.encode(vector.message, decoded)), vector.extension);
  });
}

for (const refused of file.refused) {
  test(`refuses ${refused.name}`, () => {
    assert.throws(
      () => operations.encode(refused.message, given(refused.message, refused.values)),
      (error) => error instanceof GraftInputError && error.code === refused.code,
    );
  });
}

function plan(vector: Vector, values: object): Uint8Array {
  switch (vector.kind) {
    case "relation":
      return planOfRelation(operations.relation(vector.message, values).bytes);
    case "command":
      return planOfCommand(operations.command(vector.message, values).bytes);
    case "expression": {
      // Plan{root: {project: {expressions: […]}}}, which has no input.
      const expression = operations.expression(vector.message, values).bytes;
      return nested(1, nested(3, nested(3, expression)));
    }
  }
}

function nested(field: number, bytes: Uint8Array): Uint8Array {
  const length: number[] = [];
  for (let left = bytes.length; ; left >>>= 7) {
    length.push(left > 0x7f ? (left & 0x7f) | 0x80 : left);
    if (left <= 0x7f) {
      break;
    }
  }
  return Uint8Array.from([(field << 3) | 2, ...length, ...bytes]);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** Without classes, so that only what they hold is compared. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(normal);
  } else if (value instanceof Uint8Array) {
    return hex(value);
  } else if (value instanceof Map) {
    return new Map([...value].map(([key, each]) => [key, normal(each)]));
  } else if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value) as [string, unknown][];
    return Object.fromEntries(
      fields.filter(([, each]) => each !== undefined).map(([name, each]) => [name, normal(each)]),
    );
  }
  return value;
}
