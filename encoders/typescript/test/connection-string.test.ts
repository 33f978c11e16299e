import assert from "node:assert/strict";
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

test("every known parameter is read", () => {
  const target = parseConnectionString(
    "sc://[::1]:7077/;user_id=ada;token=s3cret%3D;use_ssl=true;user_agent=notebook;" +
      "session_id=5f1c1c1e-0000-4000-8000-0000000000aa;grpc_max_message_size=1024;X-Team=data",
  );
  assert.deepEqual(target, {
    host: "[::1]",
    port: 7077,
    userId: "ada",
    token: "s3cret=",
    tls: true,
    sessionId: "5f1c1c1e-0000-4000-8000-0000000000aa",
    userAgent: "notebook",
    maxMessageSize: 1024,
    headers: new Map([["x-team", "data"]]),
  });
});

test("a percent-encoded value comes back as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (userId) => {
      const text = `sc://host/;user_id=${encodeURIComponent(userId)}`;
      assert.equal(parseConnectionString(text).userId, userId);
    }),
  );
});

test("a plus sign is no blank", () => {
  assert.equal(parseConnectionString("sc://host/;user_id=a+b").userId, "a+b");
});

test("a token implies TLS", () => {
  assert.equal(parseConnectionString("sc://host/;token=abc").tls, true);
});

for (const host of ["localhost", "127.0.0.1", "[::1]"]) {
  test(`a token may stay unencrypted on the same machine, ${host}`, () => {
    assert.equal(parseConnectionString(`sc://${host}/;token=abc;use_ssl=false`).tls, false);
  });
}

const refused: readonly (readonly [string, string])[] = [
  ["http://host", "it must begin with sc://"],
  ["host:15002", "it must begin with sc://"],
  ["sc://", "not a URL"],
  ["sc://:15002", "does not name a host"],
  ["sc://me@host", "does not name a host"],
  ["sc://host:0", "the port must be from 1 to 65535, and is 0"],
  ["sc://host:70000", "the port must be from 1 to 65535, and is 70000"],
  ["sc://host:port", "does not name a host"],
  ["sc://host/path", "nothing but /; may stand between"],
  ["sc://host/?a=b", "separated by semicolons"],
  ["sc://host/;user_id", "each parameter must be name=value"],
  ["sc://host/;user_id=", "each parameter must be name=value"],
  ["sc://host/;=ada", "each parameter must be name=value"],
  ["sc://host/;user_id=a;user_id=b", "the parameter user_id stands there twice"],
  ["sc://host/;user_id=%zz", "the value of user_id has a %"],
  ["sc://host/;use_ssl=maybe", "use_ssl must be true or false"],
  ["sc://host/;token=abc;use_ssl=false", "a token would cross the network unencrypted to host"],
  ["sc://host/;session_id=mine", "session_id must be a UUID"],
  ["sc://host/;grpc_max_message_size=0", "grpc_max_message_size must be a number of bytes"],
  ["sc://host/;grpc-timeout=1", "the parameter grpc-timeout is unknown"],
  ["sc://host/;authorization=x", "the parameter authorization is unknown"],
  ["sc://host/;x-team=%0A", "the value of x-team becomes a header"],
];

for (const [text, reason] of refused) {
  test(`${text} is refused: ${reason}`, () => {
    assert.throws(
      () => parseConnectionString(text),
      (error) =>
        error instanceof TypeError &&
        error.message.startsWith("The connection string cannot be used: ") &&
        error.message.includes(reason) &&
        error.message.endsWith("Its shape is sc://host:port/;name=value;name=value"),
    );
  });
}

test("a token is never repeated", () => {
  assert.throws(
    () => parseConnectionString("sc://host/;token=s3cret;token=s3cret"),
    (error) => error instanceof TypeError && !error.message.includes("s3cret"),
  );
});
