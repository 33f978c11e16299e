import { type FileHandle, open } from "node:fs/promises";
import { basename } from "node:path";
import { crc32 } from "node:zlib";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { GraftInputError, textOf } from "./errors.js";
import {
  type AddArtifactsRequest,
  type AddArtifactsRequest_ArtifactChunkSchema,
  AddArtifactsRequestSchema,
  type AddArtifactsResponse,
} from "./messages/spark/connect/base_pb.js";
import { RequestFailedError } from "./request-failed.js";

/** How much of a file goes in one message, in bytes, as in Spark's own clients. */
const CHUNK_BYTES = 32 * 1024;

type Chunk = MessageInitShape<typeof AddArtifactsRequest_ArtifactChunkSchema>;
type Payload = Exclude<MessageInitShape<typeof AddArtifactsRequestSchema>["payload"], undefined>;

/**
 * Sends a jar as an artifact of a session.
 *
 * @param identity what each request says of the session
 * @param send sends requests that it reads, and gives the answer
 */
export async function sendJar(
  path: string,
  identity: object,
  send: (requests: AsyncIterable<AddArtifactsRequest>) => Promise<AddArtifactsResponse>,
): Promise<void> {
  const name = basename(path);
  if (!name.endsWith(".jar")) {
    throw new GraftInputError(
      "GRAFT_JAR_INVALID",
      `What is added to a session is a file whose name ends in .jar, and '${name}' does not`,
    );
  }
  const jar = await JarFile.open(path);
  try {
    const { artifacts } = await send(jar.requests(`jars/${name}`, identity));
    if (artifacts.some((artifact) => !artifact.isCrcSuccessful)) {
      throw RequestFailedError.dataLoss(
        `${path} did not arrive as it was sent: its checksum is another. Add it again`,
      );
    }
  } catch (e) {
    throw jar.failure ?? RequestFailedError.from(e);
  } finally {
    await jar.close();
  }
}

/** A file that is read once, chunk by chunk, since jars may be large. */
class JarFile {
  /** Why the file could not be read, if it could not: what comes of the request tells less. */
  failure: Error | undefined;

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    private readonly size: number,
  ) {}

  static async open(path: string): Promise<JarFile> {
    const file = await open(path);
    try {
      return new JarFile(path, file, (await file.stat()).size);
    } catch (e) {
      await file.close();
      throw e;
    }
  }

  close(): Promise<void> {
    return this.file.close();
  }

  async *requests(name: string, identity: object): AsyncGenerator<AddArtifactsRequest> {
    const count = Math.max(1, Math.ceil(this.size / CHUNK_BYTES));
    for (let number = 0; number < count; number++) {
      const data = await this.read(Math.min(CHUNK_BYTES, this.size - number * CHUNK_BYTES));
      const crc = BigInt(crc32(data));
      yield create(AddArtifactsRequestSchema, {
        ...identity,
        payload: this.payload(name, count, number, { data, crc }),
      });
    }
  }

  private payload(name: string, count: number, number: number, chunk: Chunk): Payload {
    if (count === 1) {
      return { case: "batch", value: { artifacts: [{ name, data: chunk }] } };
    } else if (number > 0) {
      return { case: "chunk", value: chunk };
    }
    const sizes = { totalBytes: BigInt(this.size), numChunks: BigInt(count) };
    return { case: "beginChunk", value: { name, ...sizes, initialChunk: chunk } };
  }

  private async read(length: number): Promise<Uint8Array> {
    const data = new Uint8Array(length);
    let filled = 0;
    try {
      while (filled < length) {
        const { bytesRead } = await this.file.read(data, filled, length - filled);
        if (bytesRead === 0) {
          throw new Error(`${this.path} has become shorter while it was read`);
        }
        filled += bytesRead;
      }
    } catch (e) {
      this.failure = e instanceof Error ? e : new Error(textOf(e));
      throw this.failure;
    }
    return data;
  }
}
