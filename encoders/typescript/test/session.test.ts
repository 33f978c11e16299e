import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { StringValueSchema } from "@bufbuild/protobuf/wkt";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import {
  Command,
  connect,
  GraftInputError,
  Operations,
  PackedMessage,
  RequestFailedError,
  type Session,
} from "graft-connect";
import { PlanSchema } from "#dist/messages/spark/connect/base_pb.js";
import { RelationSchema } from "#dist/messages/spark/connect/relations_pb.js";
import { FakeServer, type Response, these } from "./fake-server.js";
import { file as vectorFile } from "./vectors.js";

const PLAN = new PackedMessage("type.googleapis.com/acme.v1.Sample", new Uint8Array([8, 2]));

const SCHEMA: Response = {
  schema: {
    kind: { case: "struct", value: { fields: [{ name: "id" }, { name: "name" }] } },
  },
};

test("batches are read one after the other", async () => {
  await withServer(
    () => these(SCHEMA, batch(arrow("a", null)), batch(arrow()), batch(arrow("c"))),
    async (session, server) => {
      const rows = await session.rows(PLAN.relation());
      assert.deepEqual(rows.columnNames, ["id", "name"]);
      assert.deepEqual(await rows.toArray(), [
        [0n, "a"],
        [1n, null],
        [0n, "c"],
      ]);
      await assert.rejects(rows.toArray(), /read or cancelled before/);
      const plan = server.requests[0]?.plan;
      assert.ok(plan?.opType.case === "root");
      assert.deepEqual(toBinary(RelationSchema, plan.opType.value), PLAN.relation().bytes);
    },
  );
});

test("no batch at all is an empty table", async () => {
  await withServer(
    () => these(SCHEMA),
    async (session) => {
      const rows = await session.rows(PLAN);
      assert.deepEqual(rows.columnNames, ["id", "name"]);
      assert.deepEqual(await rows.toArray(), []);
    },
  );
});

test("column names come from Arrow where the server sends no schema", async () => {
  await withServer(
    () => these(batch(arrow("a"))),
    async (session) => {
      const rows = await session.rows(PLAN);
      assert.equal(rows.schema, undefined);
      assert.deepEqual(rows.columnNames, ["id", "name"]);
      assert.equal((await rows.toTable()).numRows, 1);
    },
  );
});

test("chunks are put together", async () => {
  const whole = arrow("a", "b");
  const half = whole.length >> 1;
  await withServer(
    () =>
      these(
        SCHEMA,
        chunk(whole.subarray(0, half), 0, 2),
        chunk(whole.subarray(half), 1, 2),
        batch(arrow("c")),
      ),
    async (session, server) => {
      const rows = await (await session.rows(PLAN)).toArray();
      assert.deepEqual(
        rows.map((row) => row[1]),
        ["a", "b", "c"],
      );
      const option = server.requests[0]?.requestOptions[0]?.requestOption;
      assert.ok(option?.case === "resultChunkingOptions");
      assert.equal(option.value.allowArrowBatchChunking, true);
    },
  );
});

const broken: readonly (readonly [string, readonly Response[], RegExp])[] = [
  ["a missing chunk", [chunk(arrow("a"), 0, 2)], /ended within a batch, after 1 of its chunks/],
  ["chunks in disorder", [chunk(arrow("a"), 1, 2)], /chunk 0 of a batch was due, and 1 came/],
  ["what is no Arrow data", [batch(new Uint8Array([255, 255, 255, 255, 9, 9, 9]))], /Arrow data/],
];

for (const [name, responses, text] of broken) {
  test(`${name} is an error`, async () => {
    await withServer(
      () => these(...responses),
      async (session) => {
        await assert.rejects(
          async () => (await session.rows(PLAN)).toArray(),
          (error) =>
            error instanceof RequestFailedError &&
            error.status === "DATA_LOSS" &&
            text.test(error.message),
        );
      },
    );
  });
}

test("leaving rows early cancels the request", { timeout: 20_000 }, async () => {
  let cancel: () => void;
  const cancelled = new Promise<void>((resolve) => {
    cancel = resolve;
  });
  async function* endless(context: HandlerContext): AsyncGenerator<Response> {
    context.signal.addEventListener("abort", () => {
      cancel();
    });
    yield batch(arrow("a"));
    await cancelled;
  }
  await withServer(endless, async (session) => {
    for await (const first of await session.rows(PLAN)) {
      assert.equal(first.numRows, 1);
      break;
    }
    await cancelled;
  });
});

test("a server that nobody reads from waits", { timeout: 60_000 }, async () => {
  // Random, since it is compressed on its way.
  const large = arrow(randomBytes(1 << 20).toString("base64"));
  let sent = 0;
  async function* many(): AsyncGenerator<Response> {
    await Promise.resolve();
    for (; sent < 200; sent++) {
      yield batch(large);
    }
  }
  await withServer(many, async (session) => {
    const rows = await session.rows(PLAN);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.ok(sent < 20, `${String(sent)} MiB were sent without being asked for`);
    assert.equal((await rows.toTable()).numRows, 200);
    assert.equal(sent, 200);
  });
});

test("an answer that is larger than allowed is refused", async () => {
  await withServer(
    () => these(batch(arrow("x".repeat(10_000)))),
    async (session) => {
      await assert.rejects(
        session.rows(PLAN),
        (error) => error instanceof RequestFailedError && error.status === "RESOURCE_EXHAUSTED",
      );
    },
    ";grpc_max_message_size=5000",
  );
});

test("a plan deeper than any parser goes is sent as it is", async () => {
  let relation = PLAN.relation().bytes;
  for (let depth = 0; depth < 400; depth++) {
    // Relation.limit = 8, Limit.input = 1
    relation = nested(8, nested(1, relation));
  }
  await withServer(
    () => these(SCHEMA),
    async (session, server) => {
      await session.rows(relation);
      const plan = server.requests[0]?.plan;
      assert.ok(plan !== undefined);
      assert.equal(toBinary(PlanSchema, plan).length, nested(1, relation).length);
    },
  );
});

test("headers, token and names are sent with each request", async () => {
  await withServer(
    () => these(SCHEMA),
    async (session, server) => {
      await session.rows(PLAN);
      const headers = server.headers.at(0);
      assert.equal(headers?.get("authorization"), "Bearer abc");
      assert.equal(headers.get("x-team"), "data");
      assert.equal(headers.get("user-agent"), "notebook");
      const request = server.requests.at(0);
      assert.equal(request?.userContext?.userId, "ada");
      assert.equal(request.sessionId, session.sessionId);
      assert.equal(request.clientType, "notebook");
    },
    ";user_id=ada;token=abc;use_ssl=false;X-Team=data;user_agent=notebook",
  );
});

test("closing gives the session back", async () => {
  const server = await FakeServer.answering(() => these());
  const session = connect(server.address);
  await session.close();
  assert.deepEqual(server.released, [session.sessionId]);
  await server.close();
});

const COMMAND = new Command(new Uint8Array(), (answer) => answer);

test("a command without an answer", async () => {
  await withServer(
    () => these(),
    async (session) => {
      assert.deepEqual(await session.execute(COMMAND), { kind: "nothing" });
    },
  );
});

test("an answer that is not the promised rows is refused", async () => {
  const command = new Operations(vectorFile.descriptors).command("graft.vectors.v3.Delimited");
  const value = { typeUrl: "type.googleapis.com/a.B", value: new Uint8Array() };
  const answers: readonly (readonly [Response[], string])[] = [
    [[], "nothing"],
    [[{ responseType: { case: "extension", value } }], "a message a.B"],
  ];
  for (const [responses, given] of answers) {
    await withServer(
      () => these(...responses),
      async (session) => {
        await assert.rejects(
          session.execute(command),
          (error) =>
            error instanceof GraftInputError &&
            error.code === "GRAFT_ANSWER_UNEXPECTED" &&
            error.message.includes(`Delimited with ${given}, and not with the rows`),
        );
      },
    );
  }
  const relation = create(RelationSchema, { relType: { case: "range", value: { end: 3n } } });
  await withServer(
    () => these({ responseType: { case: "sqlCommandResult", value: { relation } } }),
    async (session) => {
      assert.equal((await session.execute(command)).kind, "rows");
    },
  );
});

test("a command that answers with rows", async () => {
  const relation = create(RelationSchema, { relType: { case: "range", value: { end: 3n } } });
  await withServer(
    () => these({ responseType: { case: "sqlCommandResult", value: { relation } } }),
    async (session) => {
      const answer = await session.execute(COMMAND);
      assert.equal(answer.kind, "rows");
      assert.deepEqual(answer.relation.bytes, toBinary(RelationSchema, relation));
      assert.equal(answer.relation.session, session);
    },
  );
});

test("a command that answers with a message", async () => {
  const value = toBinary(StringValueSchema, create(StringValueSchema, { value: "seven" }));
  const typeUrl = "type.googleapis.com/google.protobuf.StringValue";
  await withServer(
    () => these({ responseType: { case: "extension", value: { typeUrl, value } } }),
    async (session) => {
      assert.deepEqual(await session.execute(COMMAND), { kind: "message", typeUrl, value });
    },
  );
});

test("a command that fails after its answer fails, and is sent once", async () => {
  async function* failing(): AsyncGenerator<Response> {
    await Promise.resolve();
    yield { responseType: { case: "extension", value: {} } };
    throw new ConnectError("[GRAFT_X] no", Code.Unavailable);
  }
  await withServer(failing, async (session, server) => {
    await assert.rejects(session.execute(COMMAND), RequestFailedError);
    assert.equal(server.requests.length, 1);
  });
});

const failures: readonly (readonly [string, ConnectError, string, string | undefined, RegExp])[] = [
  [
    "Graft's code is found behind Spark's own",
    new ConnectError("[INTERNAL] [GRAFT_NO_PLUGIN] nobody", Code.Internal),
    "INTERNAL",
    "GRAFT_NO_PLUGIN",
    /^\[INTERNAL\] \[GRAFT_NO_PLUGIN\] nobody$/,
  ],
  [
    "the error class comes from the status details",
    withErrorClass("Table t not found", "TABLE_OR_VIEW_NOT_FOUND"),
    "INTERNAL",
    "TABLE_OR_VIEW_NOT_FOUND",
    /^Table t not found$/,
  ],
  [
    "an error without a code has none",
    new ConnectError("oops [3]", Code.Internal),
    "INTERNAL",
    undefined,
    /^oops \[3\]$/,
  ],
  [
    "Spark without a handler has no extension",
    new ConnectError("No handler found for extension", Code.Internal),
    "INTERNAL",
    "GRAFT_SERVER_WITHOUT_EXTENSION",
    /Install Graft and the plugin's jar.*The server said: No handler found/,
  ],
  [
    "Spark 4.2 without a handler has no extension",
    withErrorClass(
      "[CONNECT_INVALID_PLAN.NO_HANDLER_FOR_EXTENSION] x",
      "CONNECT_INVALID_PLAN.NO_HANDLER_FOR_EXTENSION",
    ),
    "INTERNAL",
    "GRAFT_SERVER_WITHOUT_EXTENSION",
    /Install Graft/,
  ],
  [
    "an engine that knows no extensions has none",
    new ConnectError("not implemented: relation extension", Code.Unimplemented),
    "UNIMPLEMENTED",
    "GRAFT_SERVER_WITHOUT_EXTENSION",
    /Install Graft/,
  ],
  ...["extension relation", "extension expression", "command extension"].map(
    (text) =>
      [
        `an engine that says no more than "${text}" has no extension`,
        new ConnectError(text, Code.Internal),
        "INTERNAL",
        "GRAFT_SERVER_WITHOUT_EXTENSION",
        new RegExp(`Install Graft.*The server said: ${text}$`),
      ] as const,
  ),
  [
    "an error that only mentions an extension is its own",
    new ConnectError("no column extension relation", Code.Internal),
    "INTERNAL",
    undefined,
    /^no column extension relation$/,
  ],
  [
    "a server that does not know the request is too old",
    new ConnectError("Method not found", Code.Unimplemented),
    "UNIMPLEMENTED",
    "GRAFT_SERVER_TOO_OLD",
    /use a newer one/,
  ],
];

for (const [name, failure, status, code, text] of failures) {
  test(name, async () => {
    const error = await errorOf(failure, (session) => session.rows(PLAN));
    assert.equal(error.status, status);
    assert.equal(error.code, code);
    assert.match(error.message, text);
  });
}

test("a Graft without a list of its extensions is too old", async () => {
  const failure = new ConnectError("[GRAFT_EXTENSION_UNKNOWN] nobody", Code.Internal);
  const error = await errorOf(failure, (session) => session.extensions());
  assert.equal(error.code, "GRAFT_SERVER_TOO_OLD");
  assert.match(error.message, /update it\. The server said: \[GRAFT_EXTENSION_UNKNOWN\] nobody/);
});

test("an unreachable server is named", async () => {
  // Port 1 is reserved, and nothing listens there.
  const session = connect("sc://127.0.0.1:1");
  await assert.rejects(
    session.schema(PLAN),
    (error) =>
      error instanceof RequestFailedError &&
      error.status === "UNAVAILABLE" &&
      error.message.includes("ECONNREFUSED") &&
      error.message.includes("127.0.0.1:1"),
  );
  await session.close();
});

async function withServer(
  answer: (context: HandlerContext) => AsyncIterable<Response>,
  run: (session: Session, server: FakeServer) => Promise<void>,
  parameters = "",
): Promise<void> {
  const server = await FakeServer.answering(answer);
  const session = connect(`${server.address}/${parameters}`);
  try {
    await run(session, server);
  } finally {
    await session.close();
    await server.close();
  }
}

async function errorOf(
  failure: ConnectError,
  request: (session: Session) => Promise<unknown>,
): Promise<RequestFailedError> {
  async function* failing(): AsyncGenerator<Response> {
    await Promise.resolve();
    yield* [];
    throw failure;
  }
  let thrown: unknown;
  await withServer(failing, async (session) => {
    thrown = await request(session).catch((e: unknown) => e);
  });
  assert.ok(thrown instanceof RequestFailedError);
  return thrown;
}

function withErrorClass(message: string, errorClass: string): ConnectError {
  const error = new ConnectError(message, Code.Internal);
  const value = new BinaryWriter()
    .tag(1, WireType.LengthDelimited)
    .string("org.apache.spark.sql.AnalysisException")
    .tag(3, WireType.LengthDelimited)
    .fork()
    .tag(1, WireType.LengthDelimited)
    .string("errorClass")
    .tag(2, WireType.LengthDelimited)
    .string(errorClass)
    .join()
    .finish();
  error.details.push({ type: "google.rpc.ErrorInfo", value });
  return error;
}

function nested(field: number, bytes: Uint8Array): Uint8Array {
  return new BinaryWriter().tag(field, WireType.LengthDelimited).bytes(bytes).finish();
}

function batch(data: Uint8Array): Response {
  return { responseType: { case: "arrowBatch", value: { data } } };
}

function chunk(data: Uint8Array, index: number, count: number): Response {
  const value = { data, chunkIndex: BigInt(index), numChunksInBatch: BigInt(count) };
  return { responseType: { case: "arrowBatch", value } };
}

/** A row for each name, with its position as the id. */
function arrow(...names: (string | null)[]): Uint8Array {
  const id = BigInt64Array.from(names.map((_, position) => BigInt(position)));
  return tableToIPC(tableFromArrays({ id, name: names }), "stream");
}
