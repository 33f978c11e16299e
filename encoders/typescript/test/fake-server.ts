import { createServer, type Http2Server, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import type { ConnectError, HandlerContext } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import {
  type AddArtifactsRequest,
  type ExecutePlanRequest,
  type ExecutePlanResponse,
  ExecutePlanResponseSchema,
  SparkConnectService,
} from "#dist/messages/spark/connect/base_pb.js";

export type Response = MessageInitShape<typeof ExecutePlanResponseSchema>;

/** A Connect server over real gRPC that answers every plan as a test says. */
export class FakeServer {
  readonly requests: ExecutePlanRequest[] = [];
  readonly artifacts: AddArtifactsRequest[] = [];
  readonly headers: Headers[] = [];
  /** What uploads are refused with, before they are read. */
  refusal: ConnectError | undefined;
  /** Whether the server says that artifacts have the checksums that they came with. */
  isCrcSuccessful = true;
  readonly released: string[] = [];
  private readonly sessions = new Set<ServerHttp2Session>();

  private constructor(private readonly server: Http2Server) {
    server.on("session", (session) => this.sessions.add(session));
  }

  static async answering(
    answer: (context: HandlerContext) => AsyncIterable<Response>,
  ): Promise<FakeServer> {
    const handler = connectNodeAdapter({
      connect: false,
      grpcWeb: false,
      binaryOptions: { recursionLimit: 2_000 },
      routes: (router) => {
        router.service(SparkConnectService, {
          async *executePlan(request, context): AsyncGenerator<ExecutePlanResponse> {
            fake.requests.push(request);
            fake.headers.push(context.requestHeader);
            for await (const response of answer(context)) {
              yield create(ExecutePlanResponseSchema, response);
            }
          },
          async addArtifacts(requests, context) {
            fake.headers.push(context.requestHeader);
            if (fake.refusal !== undefined) {
              throw fake.refusal;
            }
            for await (const request of requests) {
              fake.artifacts.push(request);
            }
            return { artifacts: [{ isCrcSuccessful: fake.isCrcSuccessful }] };
          },
          releaseSession(request) {
            fake.released.push(request.sessionId);
            return {};
          },
        });
      },
    });
    const server = createServer(handler);
    const fake = new FakeServer(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return fake;
  }

  get address(): string {
    return `sc://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    this.sessions.forEach((session) => {
      session.destroy();
    });
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Answers with these and then ends. */
export async function* these(...responses: Response[]): AsyncGenerator<Response> {
  await Promise.resolve();
  yield* responses;
}
