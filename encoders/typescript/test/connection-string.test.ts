import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { test } from "node:test";
import fc from "fast-check";
import { parseConnectionString } from "#dist/connection-string.js";
import "./seed.js";

test("a host alone gets Spark's defaults", () => {
  const target = parseConnectionString("sc://spark.example.org");
  assert.equal(target.host, "spark.example.org");
  assert.equal(target.port, 15002);
  assert.equal(target.userId, userInfo().username);
  assert.equal(target.token, undefined);
  assert.equal(target.tls, false);
  assert.equal(target.maxMessageSize, 134_217_728);
  assert.equal(target.headers.size, 0);
  assert.match(target.sessionId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

/** A case of addresses.json; ../../vectors/README.md says what is in it. */
interface Taken {
  readonly address: string;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly token?: string;
  readonly user_id?: string;
  readonly session_id?: string;
  readonly user_agent?: string;
  readonly grpc_max_message_size?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const addresses = JSON.parse(
  readFileSync(new URL("../../../vectors/addresses.json", import.meta.url), "utf8"),
) as {
  readonly taken: readonly Taken[];
  readonly refused: readonly { readonly address: string; readonly why: string }[];
};

for (const vector of addresses.taken) {
  test(`${vector.address.slice(0, 60)} is read as the vectors say`, () => {
    const target = parseConnectionString(vector.address);
    assert.deepEqual(target, {
      host: vector.host,
      port: vector.port,
      userId: vector.user_id ?? userInfo().username,
      token: vector.token,
      tls: vector.tls,
      sessionId: vector.session_id ?? target.sessionId,
      userAgent: vector.user_agent ?? "graft-encoder-typescript",
      maxMessageSize: vector.grpc_max_message_size ?? 134_217_728,
      headers: new Map(Object.entries(vector.headers ?? {})),
    });
  });
}

for (const { address, why } of addresses.refused) {
  test(`${address.slice(0, 60)} is refused: ${why}`, () => {
    assert.throws(
      () => parseConnectionString(address),
      (error) =>
        error instanceof TypeError &&
        error.message.startsWith("The connection string cannot be used: ") &&
        error.message.includes(why) &&
        !error.message.includes("secret") &&
        error.message.endsWith("Its shape is sc://host:port/;name=value;name=value"),
    );
  });
}

test("a percent-encoded value comes back as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (userId) => {
      const text = `sc://host/;user_id=${encodeURIComponent(userId)}`;
      assert.equal(parseConnectionString(text).userId, userId);
    }),
  );
});
