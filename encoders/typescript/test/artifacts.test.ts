import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import { Code, ConnectError } from "@connectrpc/connect";
import { connect, GraftInputError, RequestFailedError, type Session } from "graft-connect";
import type { AddArtifactsRequest_ArtifactChunk } from "#dist/messages/spark/connect/base_pb.js";
import { FakeServer, these } from "./fake-server.js";

const CHUNK = 32 * 1024;

for (const size of [0, 1, CHUNK]) {
  test(`a jar of ${String(size)} bytes is a batch`, async () => {
    await withServer(async (session, server, folder) => {
      const content = randomBytes(size);
      await session.addJar(await jar(folder, content));
      const [request, ...others] = server.artifacts;
      assert.deepEqual(others, []);
      assert.ok(request?.payload.case === "batch");
      const [artifact] = request.payload.value.artifacts;
      assert.equal(artifact?.name, "jars/acme-1.0.jar");
      requireChunk(artifact.data, content);
      assert.equal(request.sessionId, session.sessionId);
      assert.equal(request.userContext?.userId, "ada");
      assert.equal(request.clientType, "graft-encoder-typescript");
      assert.equal(server.headers.at(0)?.get("x-team"), "data");
    });
  });
}

for (const [size, count] of [
  [CHUNK + 1, 2],
  [2 * CHUNK, 2],
  [100_000, 4],
] as const) {
  test(`a jar of ${String(size)} bytes is sent in ${String(count)} chunks`, async () => {
    await withServer(async (session, server, folder) => {
      const content = randomBytes(size);
      await session.addJar(await jar(folder, content));
      const [first, ...rest] = server.artifacts.map((request) => request.payload);
      assert.ok(first?.case === "beginChunk");
      const { name, totalBytes, numChunks, initialChunk } = first.value;
      assert.equal(name, "jars/acme-1.0.jar");
      assert.equal(totalBytes, BigInt(size));
      assert.equal(numChunks, BigInt(count));
      requireChunk(initialChunk, content.subarray(0, CHUNK));
      assert.equal(rest.length, count - 1);
      rest.forEach((payload, number) => {
        assert.ok(payload.case === "chunk");
        const from = (number + 1) * CHUNK;
        requireChunk(payload.value, content.subarray(from, from + CHUNK));
      });
    });
  });
}

// The second one is refused while the client still sends.
for (const size of [10, 5_000_000]) {
  test(`a refused jar of ${String(size)} bytes has the server's code`, async () => {
    await withServer(async (session, server, folder) => {
      server.refusal = new ConnectError("[GRAFT_JAR_UNTRUSTED] no", Code.PermissionDenied);
      await assert.rejects(
        session.addJar(await jar(folder, randomBytes(size))),
        (error) =>
          error instanceof RequestFailedError &&
          error.code === "GRAFT_JAR_UNTRUSTED" &&
          error.status === "PERMISSION_DENIED" &&
          error.message === "[GRAFT_JAR_UNTRUSTED] no",
      );
    });
  });
}

test("a jar that arrives as another is an error", async () => {
  await withServer(async (session, server, folder) => {
    server.isCrcSuccessful = false;
    await assert.rejects(
      session.addJar(await jar(folder, randomBytes(10))),
      (error) =>
        error instanceof RequestFailedError &&
        error.status === "DATA_LOSS" &&
        error.message.includes("acme-1.0.jar did not arrive as it was sent"),
    );
  });
});

test("what is no jar is not sent", async () => {
  await withServer(async (session, server, folder) => {
    for (const path of ["", "acme.zip", "acme.jar.txt"]) {
      await assert.rejects(
        session.addJar(path),
        (error) => error instanceof GraftInputError && error.code === "GRAFT_JAR_INVALID",
      );
    }
    const missing = join(folder, "none.jar");
    await assert.rejects(session.addJar(missing), { code: "ENOENT", path: missing });
    assert.equal(server.headers.length, 0);
  });
});

test("a jar that turns out not to be readable is the error of the file", async () => {
  await withServer(async (session, server, folder) => {
    const path = join(folder, "folder.jar");
    await mkdir(path);
    await assert.rejects(session.addJar(path), { code: "EISDIR" });
    assert.deepEqual(server.artifacts, []);
  });
});

function requireChunk(
  chunk: AddArtifactsRequest_ArtifactChunk | undefined,
  content: Uint8Array,
): void {
  assert.ok(chunk !== undefined);
  assert.equal(Buffer.compare(chunk.data, content), 0);
  assert.equal(chunk.crc, BigInt(crc32(content)));
}

async function jar(folder: string, content: Uint8Array): Promise<string> {
  const path = join(folder, "acme-1.0.jar");
  await writeFile(path, content);
  return path;
}

async function withServer(
  run: (session: Session, server: FakeServer, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "graft-"));
  const server = await FakeServer.answering(() => these());
  const session = connect(`${server.address}/;user_id=ada;x-team=data`);
  try {
    await run(session, server, folder);
  } finally {
    await session.close();
    await server.close();
    await rm(folder, { recursive: true });
  }
}
