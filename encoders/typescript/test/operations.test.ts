import assert from "node:assert/strict";
import { test } from "node:test";
import { create, type DescMessage, fromBinary, getOption, toBinary } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { type FileDescriptorProto, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { Expression, GraftInputError, Operations, Relation } from "graft-connect";
import { link, messagesOf } from "#dist/descriptor-files.js";
import { Kind, operation } from "#dist/messages/graft/annotations_pb.js";
import { RelationSchema } from "#dist/messages/spark/connect/relations_pb.js";
import { runs } from "./seed.js";
import { file } from "./vectors.js";

const operations = new Operations(file.descriptors);
const messages = link(Buffer.from(file.descriptors, "base64")).flatMap(messagesOf);
const SCALARS = "graft.vectors.v1.Scalars";
const NODE = "graft.vectors.v1.Node";
const INPUTS = "graft.vectors.v1.Inputs";

const int = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const int32 = int(-0x80000000, 0x7fffffff);
const uint32 = int(0, 0xffffffff);
const int64 = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });
const uint64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const bytes = fc.uint8Array({ maxLength: 40 }).map((each) => new Uint8Array(each));
const values = fc.record(
  {
    double_value: fc.double(),
    float_value: fc.float(),
    int32_value: int32,
    int64_value: int64,
    uint32_value: uint32,
    uint64_value: uint64,
    sint32_value: int32,
    sint64_value: int64,
    fixed32_value: uint32,
    fixed64_value: uint64,
    sfixed32_value: int32,
    sfixed64_value: int64,
    bool_value: fc.boolean(),
    string_value: fc.string({ unit: "grapheme" }),
    bytes_value: bytes,
  },
  { requiredKeys: [] },
);

test("values are encoded as protobuf-es encodes them", () => {
  const type = descriptor(SCALARS);
  fc.assert(
    fc.property(values, (given) => {
      const message = reflect(type);
      for (const [name, value] of Object.entries(given)) {
        const field = type.fields.find((each) => each.name === name);
        assert.ok(field !== undefined);
        message.set(field, value);
      }
      assert.deepEqual(
        hex(operations.encode(SCALARS, given)),
        hex(toBinary(type, message.message)),
      );
    }),
    { numRuns: runs(500) },
  );
});

test("what is encoded is decoded to the same", () => {
  const lists = fc.record({
    double_value: fc.array(fc.double({ noNaN: true })),
    int64_value: fc.array(int64),
    uint32_value: fc.array(uint32),
    bool_value: fc.array(fc.boolean()),
    string_value: fc.array(fc.string({ unit: "grapheme" })),
    bytes_value: fc.array(bytes),
  });
  for (const message of ["graft.vectors.v1.RepeatedScalars"]) {
    fc.assert(
      fc.property(lists, (given) => {
        const present = Object.entries(given).filter(([, list]) => list.length > 0);
        assert.deepEqual(
          operations.decode(message, operations.encode(message, given)),
          Object.fromEntries(present),
        );
      }),
    );
  }
});

test("the order of a map's entries is that of its keys", () => {
  const keys = fc.uniqueArray(fc.string({ unit: "binary" }), { maxLength: 20 });
  fc.assert(
    fc.property(keys, (names) => {
      const entries = names
        .filter((name) => name.isWellFormed())
        .map((name) => [name, name] as const);
      const encode = (map: unknown): string =>
        hex(operations.encode("graft.vectors.v1.MapKeys", { string_keys: map }));
      assert.equal(encode(new Map(entries)), encode(new Map([...entries].reverse())));
      assert.equal(encode(new Map(entries)), encode(Object.fromEntries(entries)));
    }),
  );
});

test("any bytes are decoded or refused", () => {
  const names = messages.map((message) => message.typeName);
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.uint8Array({ maxLength: 60 }), (name, any) => {
      try {
        operations.decode(name, any);
        operations.decodeWithZeros(name, any);
      } catch (error) {
        assert.ok(error instanceof GraftInputError && error.code === "GRAFT_BYTES_INVALID");
      }
    }),
    { numRuns: runs(3_000) },
  );
});

test("any values are encoded or refused", () => {
  const names = messages.map((message) => message.typeName);
  const anything = fc.anything({
    withBigInt: true,
    withMap: true,
    withSet: true,
    withDate: true,
    withNullPrototype: true,
    withTypedArray: true,
    withSparseArray: true,
  });
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.infiniteStream(anything), (name, stream) => {
      const fields = descriptor(name).fields.map((field): unknown[] => [
        field.name,
        stream.next().value,
      ]);
      try {
        operations.encode(name, Object.fromEntries(fields) as object);
      } catch (error) {
        assert.ok(error instanceof GraftInputError, String(error));
      }
    }),
    { numRuns: runs(1_000) },
  );
});

test("half of a surrogate pair is out of range", () => {
  refuses(SCALARS, { string_value: "\ud83d" }, "GRAFT_FIELD_RANGE");
  refuses("graft.vectors.v1.MapKeys", { string_keys: { "\udc00": "" } }, "GRAFT_FIELD_RANGE");
});

test("a number that cannot be exact is out of range", () => {
  refuses(SCALARS, { int64_value: 2 ** 53 }, "GRAFT_FIELD_RANGE");
});

test("a thousand levels can be encoded and decoded, and no more", () => {
  const nested = (depth: number): object => {
    let node: object = { name: "x" };
    for (let level = 0; level < depth; level++) {
      node = { child: node };
    }
    return node;
  };
  const encoded = operations.encode(NODE, nested(1_000));
  assert.deepEqual(operations.decode(NODE, encoded), nested(1_000));
  refuses(NODE, nested(1_001), "GRAFT_FIELD_RANGE");
});

test("an object that holds itself is out of range", () => {
  const node: { child?: object } = {};
  node.child = node;
  refuses(NODE, node, "GRAFT_FIELD_RANGE");
});

test("inputs of two sessions do not fit together", () => {
  const [one, two] = [{}, {}].map((session) => new Relation(new Uint8Array(), session));
  refuses(INPUTS, { relations: [one, two] }, "GRAFT_SESSION_MISMATCH");
  refuses(INPUTS, { join: { left: one }, held_relation: two }, "GRAFT_SESSION_MISMATCH");
});

test("a relation belongs to the session of its inputs", () => {
  const session = {};
  const input = new Relation(new Uint8Array(), session);
  assert.equal(operations.relation(INPUTS, { plan: input }).session, session);
  const packed = operations.packed(INPUTS, { relation: input });
  const message = "graft.vectors.v1.WellKnown";
  assert.equal(operations.relation(message, { any: packed }).session, session);
  assert.equal(input.select(operations.expression(SCALARS)).session, session);
});

test("inputs may be messages of generated code, names of columns, and extensions", () => {
  const range = create(RelationSchema, { relType: { case: "range", value: { end: 3n } } });
  const decoded = operations.decode(
    INPUTS,
    operations.encode(INPUTS, {
      relation: range,
      plan: range,
      expression: "price",
      expressions: [Expression.column("price").as("p"), operations.packed(SCALARS)],
    }),
  );
  assert.deepEqual(decoded["relation"], toBinary(RelationSchema, range));
  assert.equal(hex(decoded["plan"] as Uint8Array), `0a04${hex(toBinary(RelationSchema, range))}`);
  assert.equal(hex(decoded["expression"] as Uint8Array), "12070a057072696365");
  const [alias, extension] = decoded["expressions"] as Uint8Array[];
  assert.equal(hex(alias ?? new Uint8Array()), "320e0a0912070a057072696365120170");
  assert.deepEqual(extension, operations.expression(SCALARS).bytes);
});

test("a date is a moment", () => {
  const message = "graft.vectors.v1.WellKnown";
  const encoded = operations.encode(message, { timestamp: new Date(-1) });
  assert.deepEqual(operations.decode(message, encoded), {
    timestamp: { seconds: -1n, nanos: 999_000_000 },
  });
  refuses(message, { timestamp: new Date(NaN) }, "GRAFT_FIELD_RANGE");
});

test("an error names the field, the value and what is wanted", () => {
  assert.throws(
    () =>
      operations.encode("graft.vectors.v1.Outer", { inners: [{}, { innermost: { depth: "x" } }] }),
    {
      name: "GraftInputError",
      message:
        "[GRAFT_FIELD_TYPE] 'inners[1].innermost.depth' of graft.vectors.v1.Outer must be a signed 32-bit whole " +
        "number, and 'x' (string) was given",
    },
  );
});

test("fields may have other names in a client", () => {
  const renamed = new Operations(file.descriptors, {
    [SCALARS]: { int32_value: "int32Value" },
  });
  const encoded = renamed.encode(SCALARS, { int32Value: 7 });
  assert.deepEqual(encoded, operations.encode(SCALARS, { int32_value: 7 }));
  assert.deepEqual(renamed.decode(SCALARS, encoded), { int32Value: 7 });
  assert.throws(() => renamed.encode(SCALARS, { int32_value: 7 }), /has no field 'int32_value'/);
});

test("names that every object has are no fields", () => {
  refuses(SCALARS, JSON.parse('{"__proto__": 1}') as object, "GRAFT_FIELD_UNKNOWN");
  refuses(SCALARS, { constructor: 1 }, "GRAFT_FIELD_UNKNOWN");
});

test("a reply of another type is refused", () => {
  const command = operations.commandWithReply(SCALARS, {}, NODE);
  assert.throws(() => command.read({ kind: "nothing" }), /answered without graft.vectors.v1.Node/);
  const value = operations.encode(NODE, { name: "x" });
  const answer = { kind: "message", typeUrl: `type.googleapis.com/${NODE}`, value } as const;
  assert.deepEqual(command.read(answer), { name: "x", children: [], children_by_name: new Map() });
});

test("extensions are those that are marked", () => {
  const marked = messages.filter(
    (message) => getOption(message, operation).kind !== Kind.KIND_UNSPECIFIED,
  );
  assert.deepEqual(operations.names(), marked.map((message) => message.typeName).sort());
});

test("descriptors may come in any order", () => {
  const set = fromBinary(FileDescriptorSetSchema, Buffer.from(file.descriptors, "base64"));
  set.file.reverse();
  const reversed = new Operations(toBinary(FileDescriptorSetSchema, set));
  assert.deepEqual(reversed.names(), operations.names());
});

test("what is no descriptor set is refused", () => {
  const loop = (name: string, dependency: string): Partial<FileDescriptorProto> => ({
    name,
    dependency: [dependency],
  });
  const set = create(FileDescriptorSetSchema, {
    file: [loop("a.proto", "b.proto") as never, loop("b.proto", "a.proto") as never],
  });
  for (const wrong of [new Uint8Array([7]), "%", toBinary(FileDescriptorSetSchema, set)]) {
    assert.throws(
      () => new Operations(wrong),
      (error) => error instanceof GraftInputError && error.code === "GRAFT_DESCRIPTORS_INVALID",
    );
  }
});

function descriptor(name: string): DescMessage {
  const found = messages.find((message) => message.typeName === name);
  assert.ok(found !== undefined);
  return found;
}

function refuses(message: string, given: object, code: string): void {
  assert.throws(
    () => operations.encode(message, given),
    (error) => error instanceof GraftInputError && error.code === code,
  );
}

function hex(data: Uint8Array): string {
  return Buffer.from(data).toString("hex");
}
