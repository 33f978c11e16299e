import { create, toBinary, type UnknownField } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { type Client, createClient, type Interceptor } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { sendJar } from "./artifacts.js";
import { type ConnectionString, parseConnectionString } from "./connection-string.js";
import { GraftInputError } from "./errors.js";
import type { RelationInput } from "./inputs.js";
import {
  ListExtensionsSchema,
  ServerStatus_Table,
  ServerStatusSchema,
} from "./messages/graft/catalog_pb.js";
import {
  AnalyzePlanRequestSchema,
  AnalyzePlanRequest_SchemaSchema,
  ExecutePlanRequestSchema,
  type ExecutePlanResponse,
  ReleaseSessionRequestSchema,
  SparkConnectService,
  UserContextSchema,
} from "./messages/spark/connect/base_pb.js";
import {
  type Relation as RelationMessage,
  RelationSchema,
} from "./messages/spark/connect/relations_pb.js";
import type { DataType } from "./messages/spark/connect/types_pb.js";
import { type Command, type CommandAnswer, PackedMessage, Relation } from "./nodes.js";
import { planOfCommand, planOfRelation, TYPE_URL_PREFIX } from "./plan-bytes.js";
import { RequestFailedError } from "./request-failed.js";
import { type ResponseStream, Rows } from "./rows.js";

/** How long {@link Session.close} waits for the server, in milliseconds. */
const CLOSING_MILLISECONDS = 5_000;

/** Of the messages that a plan stands in. */
const PLAN_OF_EXECUTION = 3;
const PLAN_OF_SCHEMA = 1;

/** As deep as Spark itself reads messages. */
const RECURSION_LIMIT = 1_024;

/**
 * Opens a session. The server is not called yet: one that cannot be reached shows with the first request.
 *
 * @param connectionString `sc://host:port/;name=value;…` as Spark's own clients take it. Port 15002 if there is none. Names:
 *   `user_id` (the system's user), `token` (a bearer token; implies TLS, but for localhost), `use_ssl` (`true` or `false`; with a token `false` is
 *   accepted for the same machine only), `session_id` (a UUID), `user_agent`, `grpc_max_message_size` (bytes, 128 MiB). Every
 *   other name is sent as a header with each request. Values are percent-decoded.
 * @throws TypeError if the string has another shape; the text says where, and holds no token
 */
export function connect(connectionString: string): Session {
  return new Session(parseConnectionString(connectionString));
}

/**
 * A session on a Spark Connect server, from Spark 3.4 to 4.2, or on a gateway before one: sends plans and reads what comes
 * back. It sends nothing twice and caches nothing.
 */
export class Session {
  /** The session's UUID, by which the server tells it from others of the same user. */
  readonly sessionId: string;

  private readonly connection: Http2SessionManager;
  private readonly client: Client<typeof SparkConnectService>;
  private readonly userId: string;
  private readonly userAgent: string;

  /** @internal Use {@link connect}. */
  constructor(target: ConnectionString) {
    this.sessionId = target.sessionId;
    this.userId = target.userId;
    this.userAgent = target.userAgent;
    const baseUrl = `${target.tls ? "https" : "http"}://${target.host}:${String(target.port)}`;
    this.connection = new Http2SessionManager(baseUrl);
    this.client = createClient(
      SparkConnectService,
      createGrpcTransport({
        baseUrl,
        sessionManager: this.connection,
        readMaxBytes: target.maxMessageSize,
        binaryOptions: { recursionLimit: RECURSION_LIMIT },
        interceptors: [withHeaders(target)],
      }),
    );
  }

  /**
   * A relation of what a query gives. Nothing is sent yet.
   *
   * @param query one statement of Spark's SQL that gives rows
   */
  sql(query: string): Relation {
    return this.relation({ case: "sql", value: { query } });
  }

  /**
   * A relation of a table's or a view's rows. Nothing is sent yet.
   *
   * @param name as it stands in SQL: parts separated by dots, in backquotes where needed
   */
  table(name: string): Relation {
    const value = { unparsedIdentifier: name };
    return this.relation({ case: "read", value: { readType: { case: "namedTable", value } } });
  }

  /**
   * A relation of one column, `id`, with the numbers from `first` on; from 0 to `first` where no end is given.
   *
   * @param end the first number that is not among them
   * @param step from one number to the next; not 0
   */
  range(first: bigint | number, end?: bigint | number, step: bigint | number = 1): Relation {
    const [from, to] = end === undefined ? [0, first] : [first, end];
    const value = { start: BigInt(from), end: BigInt(to), step: BigInt(step) };
    return this.relation({ case: "range", value });
  }

  /**
   * Runs a relation and waits until its first rows are there, or the server has refused it.
   *
   * @throws RequestFailedError if the server refuses the plan or cannot be reached
   * @throws GraftInputError `GRAFT_SESSION_MISMATCH` if the relation was made by another session
   */
  async rows(relation: RelationInput): Promise<Rows> {
    return Rows.open(this.run(this.planOf(relation)));
  }

  /**
   * Asks for the schema of a relation without running it.
   *
   * @returns a struct type
   * @throws RequestFailedError if the server refuses the plan or cannot be reached
   * @throws GraftInputError `GRAFT_SESSION_MISMATCH` if the relation was made by another session
   */
  async schema(relation: RelationInput): Promise<DataType | undefined> {
    const value = create(AnalyzePlanRequest_SchemaSchema);
    value.$unknown = [planField(PLAN_OF_SCHEMA, this.planOf(relation))];
    const request = create(AnalyzePlanRequestSchema, {
      ...this.identity(),
      analyze: { case: "schema", value },
    });
    try {
      const { result } = await this.client.analyzePlan(request);
      return result.case === "schema" ? result.value.schema : undefined;
    } catch (e) {
      throw RequestFailedError.from(e);
    }
  }

  /**
   * Runs a command to its end.
   *
   * @returns what the command's type says: of an ordinary one nothing, rows or a message
   * @throws RequestFailedError if the server refuses the command, if it fails, or if the server cannot be reached
   * @throws GraftInputError `GRAFT_SESSION_MISMATCH` if the command was made with a relation of another session
   */
  async execute<Reply>(command: Command<Reply>): Promise<Reply> {
    this.requireOwn(command.session);
    const responses = this.run(planOfCommand(command.bytes));
    let answer: CommandAnswer = { kind: "nothing" };
    try {
      // Read to the end even after an answer, since an error may follow it.
      for (
        let response = await responses.next();
        response !== undefined;
        response = await responses.next()
      ) {
        answer = this.answerOf(response) ?? answer;
      }
    } finally {
      responses.cancel();
    }
    return command.read(answer);
  }

  /**
   * Asks the server which extensions it has: kind, name, message, plugin, jar, version and documentation of each, as strings,
   * and descriptors.
   *
   * @param options `withDescriptors`: whether the column descriptors holds what {@link Operations} reads, where the plugin
   *   has it; it is null otherwise
   * @throws RequestFailedError with the code `GRAFT_SERVER_WITHOUT_EXTENSION` if the server has no Graft,
   *   `GRAFT_SERVER_TOO_OLD` if its Graft has no list
   */
  async extensions(options: { readonly withDescriptors?: boolean } = {}): Promise<Rows> {
    const { withDescriptors = false } = options;
    const message = toBinary(
      ListExtensionsSchema,
      create(ListExtensionsSchema, { withDescriptors }),
    );
    return this.told(new PackedMessage(TYPE_URL_PREFIX + ListExtensionsSchema.typeName, message));
  }

  /**
   * Asks the server what it has loaded and what came of it. A later server may have more columns.
   *
   * @param table `plugins`: a row for each message of each plugin, with how many calls it was offered, accepted, declined and
   *   failed since it was first loaded, how long they took, and bytes; `refused`: what the server has not loaded; `failures`:
   *   the last requests of this session that were refused
   * @throws RequestFailedError with the code `GRAFT_SERVER_WITHOUT_EXTENSION` if the server has no Graft,
   *   `GRAFT_SERVER_TOO_OLD` if its Graft does not tell its status
   */
  async status(table: "plugins" | "refused" | "failures" = "plugins"): Promise<Rows> {
    const tables = {
      plugins: ServerStatus_Table.PLUGINS,
      refused: ServerStatus_Table.REFUSED,
      failures: ServerStatus_Table.FAILURES,
    };
    const message = toBinary(
      ServerStatusSchema,
      create(ServerStatusSchema, { table: tables[table] }),
    );
    return this.told(new PackedMessage(TYPE_URL_PREFIX + ServerStatusSchema.typeName, message));
  }

  /** What a server tells of itself. */
  private async told(question: PackedMessage): Promise<Rows> {
    try {
      return await this.rows(question);
    } catch (e) {
      throw e instanceof RequestFailedError ? e.withoutCatalogue() : e;
    }
  }

  /**
   * Adds a jar to the session. From the next request on the session, and no other, has the jar's plugins, where the server
   * lets sessions bring any (`spark.graft.sessions.plugins`, in a gateway `graft.sessions.plugins`).
   *
   * The server knows the jar by its file name, and refuses other bytes under a name that the session has already
   * (`ARTIFACT_ALREADY_EXISTS`): a newer version takes another file name. A gateway that does not let a jar in refuses it
   * here, with a code such as `GRAFT_JAR_UNTRUSTED`; inside Spark the first request that needs its plugins is refused instead.
   *
   * @param path a file whose name ends in `.jar`; one that cannot be read is the error that `node:fs` gives
   * @throws RequestFailedError if the server refuses the jar, does not get it as it is, or cannot be reached
   * @throws GraftInputError `GRAFT_JAR_INVALID` if the name ends otherwise; then nothing was sent
   */
  async addJar(path: string): Promise<void> {
    await sendJar(path, this.identity(), (requests) => this.client.addArtifacts(requests));
  }

  /**
   * Gives the session back to the server, where it knows that request (Spark 4.0 and later), and closes the connection. Rows
   * that are still being read fail. Waits at most five seconds.
   */
  async close(): Promise<void> {
    try {
      const request = create(ReleaseSessionRequestSchema, this.identity());
      await this.client.releaseSession(request, { timeoutMs: CLOSING_MILLISECONDS });
    } catch {
      // Spark 3.x does not know the request, and a server that is gone holds no session.
    }
    this.connection.abort();
  }

  private relation(relType: RelationMessage["relType"] | object): Relation {
    const message = create(RelationSchema, { relType: relType as RelationMessage["relType"] });
    return new Relation(toBinary(RelationSchema, message), this);
  }

  private planOf(input: RelationInput): Uint8Array {
    const relation = Relation.of(input);
    this.requireOwn(relation.session);
    return planOfRelation(relation.bytes);
  }

  private requireOwn(session: object | undefined): void {
    if (session !== undefined && session !== this) {
      throw new GraftInputError(
        "GRAFT_SESSION_MISMATCH",
        "What is to be run was made with another session. A server sees one session's tables and views only: run it there",
      );
    }
  }

  private answerOf(response: ExecutePlanResponse): CommandAnswer | undefined {
    const { responseType } = response;
    if (responseType.case === "sqlCommandResult" && responseType.value.relation !== undefined) {
      const bytes = toBinary(RelationSchema, responseType.value.relation);
      return { kind: "rows", relation: new Relation(bytes, this) };
    } else if (responseType.case === "extension") {
      const { typeUrl, value } = responseType.value;
      return { kind: "message", typeUrl, value };
    }
    return undefined;
  }

  private run(plan: Uint8Array): ResponseStream {
    const request = create(ExecutePlanRequestSchema, {
      ...this.identity(),
      requestOptions: [
        {
          requestOption: {
            case: "resultChunkingOptions",
            value: { allowArrowBatchChunking: true },
          },
        },
      ],
    });
    request.$unknown = [planField(PLAN_OF_EXECUTION, plan)];
    const abort = new AbortController();
    const stream = this.client.executePlan(request, { signal: abort.signal });
    const responses = stream[Symbol.asyncIterator]();
    return {
      async next(): Promise<ExecutePlanResponse | undefined> {
        try {
          const result = await responses.next();
          return result.done === true ? undefined : result.value;
        } catch (e) {
          throw RequestFailedError.from(e);
        }
      },
      cancel(): void {
        abort.abort();
      },
    };
  }

  private identity(): object {
    return {
      sessionId: this.sessionId,
      userContext: create(UserContextSchema, { userId: this.userId, userName: this.userId }),
      clientType: this.userAgent,
    };
  }
}

/** A plan is written as it is, since its inputs are never looked into. */
function planField(no: number, plan: Uint8Array): UnknownField {
  return {
    no,
    wireType: WireType.LengthDelimited,
    data: new BinaryWriter().bytes(plan).finish(),
  };
}

function withHeaders(target: ConnectionString): Interceptor {
  return (next) => (request) => {
    target.headers.forEach((value, name) => {
      request.header.set(name, value);
    });
    if (target.token !== undefined) {
      request.header.set("authorization", `Bearer ${target.token}`);
    }
    request.header.set("user-agent", target.userAgent);
    return next(request);
  };
}
