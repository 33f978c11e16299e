import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import {
  connect,
  GraftInputError,
  Operations,
  PackedMessage,
  type Relation,
  RequestFailedError,
  type Session,
} from "graft-connect";
import { about, mask, publish, remark, summarize, topK } from "./client/frames.js";

// What a generated client does on a server with the portable example plugins, which SPARK_REMOTE names.
const remote = process.env["SPARK_REMOTE"];
const skip =
  remote === undefined && process.env["CI"] !== "true" ? "SPARK_REMOTE names no server" : false;

let session: Session;
let cities: Relation;

before(() => {
  if (skip === false) {
    assert.ok(remote !== undefined, "In CI, SPARK_REMOTE must name a server");
    session = connect(remote);
    cities = session.sql(
      "select * from values ('de', 'Ulm', 120), ('de', 'Bonn', 330), ('de', 'Kiel', 246), " +
        "('at', 'Graz', 303), ('at', 'Linz', 213) as cities(country, name, thousands)",
    );
  }
});

after(async () => {
  if (skip === false) {
    await session.close();
  }
});

test("a relation gives rows", { skip }, async () => {
  const best = topK({
    input: cities,
    by: ["country"],
    orderBy: "thousands",
    k: 1,
    descending: true,
  });
  assert.deepEqual(await sorted(best), [
    ["at", "Graz", 303],
    ["de", "Bonn", 330],
  ]);
});

test("a relation may stand in a relation", { skip }, async () => {
  const options = { by: ["country"], orderBy: "thousands", descending: true };
  const best = topK({ input: topK({ input: cities, k: 2, ...options }), k: 1, ...options });
  assert.deepEqual(await sorted(best), [
    ["at", "Graz", 303],
    ["de", "Bonn", 330],
  ]);
});

test("an expression gives a column", { skip }, async () => {
  const rows = await session.rows(
    cities.select(mask({ input: "name", keep: 2, with: "#" }).as("masked"), "country"),
  );
  assert.deepEqual(rows.columnNames, ["masked", "country"]);
  assert.deepEqual(await rows.toArray(), [
    ["#lm", "de"],
    ["##nn", "de"],
    ["##el", "de"],
    ["##az", "at"],
    ["##nz", "at"],
  ]);
});

test("an argument that is not given has its default", { skip }, async () => {
  const rows = await session.rows(cities.select(mask({ input: "country" })));
  assert.deepEqual((await rows.toArray())[0], ["**"]);
});

test("a command answers with rows", { skip }, async () => {
  const best = topK({
    input: cities,
    by: ["country"],
    orderBy: "thousands",
    k: 1,
    descending: true,
  });
  const answer = await session.execute(summarize({ input: best, column: "thousands" }));
  assert.equal(answer.kind, "rows");
  const rows = await session.rows(answer.relation);
  assert.deepEqual(await rows.toArray(), [[2n, 303, 330, 316.5]]);
});

test("a command answers with nothing", { skip }, async () => {
  assert.deepEqual(await session.execute(publish({ input: cities, view: "published" })), {
    kind: "nothing",
  });
  assert.equal((await sorted(session.table("published"))).length, 5);
  assert.deepEqual(await session.execute(remark({ text: "seen" })), { kind: "nothing" });
});

test("a command answers with a message", { skip }, async () => {
  const reply = await session.execute(about());
  assert.match(reply.host, /\w/);
  assert.match(reply.connectVersion, /^\d+\.\d+/);
});

test("a schema comes without the rows", { skip }, async () => {
  const schema = await session.schema(topK({ input: cities, orderBy: "name", k: 1 }));
  assert.equal(schema?.kind.case, "struct");
  assert.deepEqual(
    schema.kind.value.fields.map((field) => field.name),
    ["country", "name", "thousands"],
  );
});

test("the server tells its status", { skip }, async () => {
  const plugins = await session.status();
  assert.deepEqual(plugins.columnNames.slice(0, 3), ["kind", "message", "plugin"]);
  assert.ok((await plugins.toArray()).length > 0);
  assert.deepEqual((await session.status("failures")).columnNames[1], "code");
});

test("the server lists what it has", { skip }, async () => {
  const rows = await session.extensions({ withDescriptors: true });
  assert.deepEqual(rows.columnNames, [
    "kind",
    "name",
    "message",
    "plugin",
    "jar",
    "version",
    "documentation",
    "descriptors",
  ]);
  const topK = (await rows.toArray()).find((row) => row[2] === "acme.frames.v1.TopK");
  assert.deepEqual(topK?.slice(0, 2), ["relation", "top_k"]);
  assert.ok(topK[7] instanceof Uint8Array);
});

test("more rows come than one batch holds", { skip }, async () => {
  let batches = 0;
  let sum = 0n;
  for await (const batch of await session.rows(session.range(1_000_000))) {
    batches++;
    for (const id of batch.getChildAt<import("apache-arrow").Int64>(0) ?? []) {
      sum += id ?? 0n;
    }
  }
  assert.ok(batches > 1);
  assert.equal(sum, 499_999_500_000n);
});

test("a session brings the plugins of a jar, and no other has them", { skip }, async () => {
  const jar = process.env["GRAFT_SESSION_JAR"];
  assert.ok(remote !== undefined && jar !== undefined, "GRAFT_SESSION_JAR names no jar");
  const threeRows = new PackedMessage(
    "type.googleapis.com/google.protobuf.StringValue",
    new Uint8Array(),
  );
  const [own, other] = [connect(remote), connect(remote)];
  const refused = (error: unknown) =>
    error instanceof RequestFailedError && error.code === "GRAFT_EXTENSION_UNKNOWN";
  try {
    await assert.rejects(own.rows(threeRows), refused);
    await own.addJar(jar);
    assert.deepEqual(await (await own.rows(threeRows)).toArray(), [[0n], [1n], [2n]]);
    await assert.rejects(other.rows(threeRows), refused);
  } finally {
    await own.close();
    await other.close();
  }
});

test("a field that the plugin is too old for is refused", { skip }, async () => {
  const descriptors = process.env["GRAFT_NEWER"];
  assert.ok(descriptors !== undefined, "GRAFT_NEWER names no descriptors");
  const top = new Operations(readFileSync(descriptors)).relation("acme.frames.v1.TopK", {
    input: cities,
    order_by: "name",
    k: 1,
    ties: true,
  });
  await assert.rejects(
    session.rows(top),
    (error) =>
      error instanceof RequestFailedError &&
      error.code === "GRAFT_EXTENSION_NEWER" &&
      error.message.includes("field 9 of acme.frames.v1.TopK"),
  );
});

test("what the server refuses has the server's code", { skip }, async () => {
  await assert.rejects(
    session.rows(session.table("there_is_none")),
    (error) => error instanceof RequestFailedError && error.code === "TABLE_OR_VIEW_NOT_FOUND",
  );
});

test("an input of another session is refused before anything is sent", { skip }, async () => {
  const other = connect("sc://127.0.0.1:1");
  const top = topK({ input: cities, orderBy: "name", k: 1 });
  await assert.rejects(
    other.rows(top),
    (error) => error instanceof GraftInputError && error.code === "GRAFT_SESSION_MISMATCH",
  );
  await other.close();
});

async function sorted(relation: Relation): Promise<unknown[][]> {
  const rows = await (await session.rows(relation)).toArray();
  return rows.sort((a, b) => (String(a) < String(b) ? -1 : 1));
}
