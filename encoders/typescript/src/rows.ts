import { type RecordBatch, RecordBatchReader, type Schema, Table } from "apache-arrow";
import type {
  ExecutePlanResponse,
  ExecutePlanResponse_ArrowBatch,
} from "./messages/spark/connect/base_pb.js";
import type { DataType } from "./messages/spark/connect/types_pb.js";
import { joined } from "./plan-bytes.js";
import { RequestFailedError } from "./request-failed.js";

/** The answers to one plan as they come; the server waits while nobody asks for the next. */
export interface ResponseStream {
  /** Undefined at the end. */
  next(): Promise<ExecutePlanResponse | undefined>;

  /** Cancels the request if it still runs. */
  cancel(): void;
}

/**
 * Rows that a plan returned: their schema, and Arrow record batches that are read as they arrive.
 *
 * Rows are read once: by `for await`, which cancels the request when it is left early, by {@link toTable} or by
 * {@link toArray}. Whoever reads them in no such way calls {@link cancel}.
 */
export class Rows implements AsyncIterable<RecordBatch> {
  private waiting: Uint8Array | undefined;
  private serverSchema: DataType | undefined;
  private names: readonly string[] = [];
  private cancelled = false;

  private constructor(private readonly responses: ResponseStream) {}

  /** Reads as far as the first rows, so that a plan which is refused fails here. */
  static async open(responses: ResponseStream): Promise<Rows> {
    const rows = new Rows(responses);
    try {
      rows.waiting = await rows.nextStream();
      rows.names = rows.readColumnNames();
      return rows;
    } catch (e) {
      rows.cancel();
      throw e;
    }
  }

  /** The schema as the server gave it, a struct type; undefined if it sent none with the rows. */
  get schema(): DataType | undefined {
    return this.serverSchema;
  }

  /** The names of the columns, in order. They need not differ from one another. */
  get columnNames(): readonly string[] {
    return this.names;
  }

  /**
   * The batches that are left.
   *
   * @throws RequestFailedError if the plan failed while it ran, or what came is not Arrow data
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<RecordBatch, void, undefined> {
    try {
      for (let stream = await this.next(); stream !== undefined; stream = await this.next()) {
        for (const batch of batchesOf(stream)) {
          yield batch;
        }
      }
    } finally {
      this.cancel();
    }
  }

  /** Reads all rows that are left into one table of Arrow's. */
  async toTable(): Promise<Table> {
    const batches: RecordBatch[] = [];
    for await (const batch of this) {
      batches.push(batch);
    }
    return new Table(batches);
  }

  /** Reads all rows that are left, each as a list of its values; values are those of Arrow's library. */
  async toArray(): Promise<unknown[][]> {
    const rows: unknown[][] = [];
    for await (const batch of this) {
      for (let row = 0; row < batch.numRows; row++) {
        const columns = batch.schema.fields.map((_, column) => batch.getChildAt(column));
        rows.push(columns.map((column): unknown => column?.get(row)));
      }
    }
    return rows;
  }

  /** Cancels the request if it still runs; reading goes no further. */
  cancel(): void {
    this.cancelled = true;
    this.waiting = undefined;
    this.responses.cancel();
  }

  private async next(): Promise<Uint8Array | undefined> {
    if (this.cancelled) {
      throw new Error("These rows were read or cancelled before");
    }
    const first = this.waiting;
    this.waiting = undefined;
    return first ?? this.nextStream();
  }

  /** The next whole Arrow stream; Spark sends one for each batch. */
  private async nextStream(): Promise<Uint8Array | undefined> {
    const chunks: Uint8Array[] = [];
    for (
      let response = await this.responses.next();
      response !== undefined;
      response = await this.responses.next()
    ) {
      this.serverSchema = response.schema ?? this.serverSchema;
      if (response.responseType.case !== "arrowBatch") {
        continue;
      }
      const batch = response.responseType.value;
      requireDue(batch, chunks.length);
      chunks.push(batch.data);
      // Servers before 4.1, and those not asked for chunks, leave the count out.
      if (BigInt(chunks.length) >= (batch.numChunksInBatch ?? 0n)) {
        return joined(chunks);
      }
    }
    if (chunks.length > 0) {
      throw RequestFailedError.dataLoss(
        "The server's rows are not whole: the answer ended within a batch, after " +
          `${String(chunks.length)} of its chunks`,
      );
    }
    return undefined;
  }

  private readColumnNames(): string[] {
    if (this.serverSchema?.kind.case === "struct") {
      return this.serverSchema.kind.value.fields.map((field) => field.name);
    } else if (this.waiting !== undefined) {
      return readerOf(this.waiting).schema.fields.map((field) => field.name);
    }
    return [];
  }
}

function requireDue(batch: ExecutePlanResponse_ArrowBatch, due: number): void {
  const index = batch.chunkIndex ?? 0n;
  if (index !== BigInt(due)) {
    throw RequestFailedError.dataLoss(
      `The server's rows are not whole: chunk ${String(due)} of a batch was due, and ${String(index)} came`,
    );
  }
}

function readerOf(stream: Uint8Array): RecordBatchReader {
  let reader: RecordBatchReader;
  try {
    reader = RecordBatchReader.from(stream).open();
  } catch (e) {
    throw unreadable(e);
  }
  // Of bytes without a schema Arrow makes a reader of nothing.
  if ((reader.schema as Schema | undefined) === undefined) {
    throw unreadable(new Error("there is no schema in them"));
  }
  return reader;
}

function batchesOf(stream: Uint8Array): RecordBatch[] {
  const reader = readerOf(stream);
  try {
    return [...(reader as Iterable<RecordBatch>)];
  } catch (e) {
    throw unreadable(e);
  }
}

function unreadable(cause: unknown): RequestFailedError {
  const text = cause instanceof Error ? cause.message : String(cause);
  return RequestFailedError.dataLoss(
    `The server's rows are not readable as Arrow data: ${text}`,
    cause,
  );
}
