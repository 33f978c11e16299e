import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { Code, ConnectError } from "@connectrpc/connect";
import { textOf } from "./errors.js";

/** Graft's code may stand inside a text that the server has put its own code before. */
const GRAFT_CODE = /\[(GRAFT_[A-Z0-9_.]+)\]/;
const LEADING_CODE = /^\[([A-Z][A-Z0-9_.]+)\]/;

/** How Spark says that it has nothing for an extension: 3.4 to 4.1, and from 4.2 on. */
const NO_HANDLER = /No handler found for extension|NO_HANDLER_FOR_EXTENSION/;

/** How engines say it that know no extensions; none of them gives it a code. */
const NOT_IMPLEMENTED =
  /(not (yet )?(implemented|supported)|unsupported|unimplemented).{0,80}extension|extension.{0,80}(not (yet )?(implemented|supported)|unsupported)/is;

/** Sail's whole text, with an error of the kind "unsupported". */
const UNSUPPORTED = /^(extension (relation|expression)|command extension)$/i;

const WITHOUT_EXTENSION = "GRAFT_SERVER_WITHOUT_EXTENSION";
const TOO_OLD = "GRAFT_SERVER_TOO_OLD";
const ERROR_INFO = "google.rpc.ErrorInfo";
const ERROR_INFO_METADATA = 3;

/**
 * A request that the server refused, that failed there, or that never reached it. Its message is the server's own text
 * where there is one.
 */
export class RequestFailedError extends Error {
  override readonly name = "RequestFailedError";

  /** The gRPC status, such as `UNAVAILABLE` where no server answered. */
  readonly status: string;

  /**
   * What kind of error it is, in a word that stays the same between releases: `GRAFT_…` if Graft refused the extension,
   * `GRAFT_SERVER_WITHOUT_EXTENSION` if a server without Graft did, `GRAFT_SERVER_TOO_OLD` if it lacks the request, otherwise
   * Spark's error class, such as `TABLE_OR_VIEW_NOT_FOUND`. Undefined where the server names none; older Spark lines
   * often don't.
   */
  readonly code: string | undefined;

  constructor(status: string, code: string | undefined, message: string, cause?: unknown) {
    super(message, { cause });
    this.status = status;
    this.code = code;
  }

  /** The failure that whatever a request has thrown stands for. */
  static from(thrown: unknown): RequestFailedError {
    if (thrown instanceof RequestFailedError) {
      return thrown;
    }
    const failure = ConnectError.from(thrown);
    const text = textOfFailure(failure);
    const code = errorCode(failure, text);
    return new RequestFailedError(statusOf(failure.code), code, explained(code, text), thrown);
  }

  /** An answer that is not whole, or not readable. */
  static dataLoss(message: string, cause?: unknown): RequestFailedError {
    return new RequestFailedError("DATA_LOSS", undefined, message, cause);
  }

  /** This failure, said about the list of extensions: Graft is there and does not know it. */
  withoutCatalogue(): RequestFailedError {
    return this.code === "GRAFT_EXTENSION_UNKNOWN"
      ? new RequestFailedError(
          this.status,
          TOO_OLD,
          `[${TOO_OLD}] The server's Graft is too old for that; update it. The server said: ${this.message}`,
          this,
        )
      : this;
  }
}

function explained(code: string | undefined, text: string): string {
  switch (code) {
    case WITHOUT_EXTENSION:
      return (
        `[${code}] The server has nothing that handles this extension. Install Graft and the plugin's jar on it, or ` +
        `connect to a gateway that has them. The server said: ${text}`
      );
    case TOO_OLD:
      return `[${code}] The server does not know this request; use a newer one. The server said: ${text}`;
    default:
      return text;
  }
}

function textOfFailure(failure: ConnectError): string {
  const text = failure.rawMessage === "" ? statusOf(failure.code) : failure.rawMessage;
  const cause = failure.cause === undefined ? "" : textOf(failure.cause);
  return cause === "" || text.includes(cause) ? text : `${text}: ${cause}`;
}

/** Such as `DEADLINE_EXCEEDED`. */
function statusOf(code: Code): string {
  // gRPC's own name has two Ls.
  return code === Code.Canceled
    ? "CANCELLED"
    : Code[code].replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}

function errorCode(failure: ConnectError, text: string): string | undefined {
  const graft = GRAFT_CODE.exec(text)?.[1];
  if (graft !== undefined) {
    return graft;
  }
  if (NO_HANDLER.test(text)) {
    return WITHOUT_EXTENSION;
  }
  const named = errorClass(failure) ?? LEADING_CODE.exec(text)?.[1];
  if (named !== undefined) {
    return named;
  }
  if (NOT_IMPLEMENTED.test(text) || UNSUPPORTED.test(text)) {
    return WITHOUT_EXTENSION;
  }
  return failure.code === Code.Unimplemented ? TOO_OLD : undefined;
}

/** What the details of the status say; the text says all the same what went wrong. */
function errorClass(failure: ConnectError): string | undefined {
  for (const detail of failure.details) {
    if ("type" in detail && detail.type === ERROR_INFO) {
      try {
        const name = metadataOf(detail.value).get("errorClass");
        return name?.trim() === "" ? undefined : name;
      } catch {
        return undefined;
      }
    }
  }
  return undefined;
}

/** The map of a `google.rpc.ErrorInfo`. */
function metadataOf(errorInfo: Uint8Array): ReadonlyMap<string, string> {
  const metadata = new Map<string, string>();
  const reader = new BinaryReader(errorInfo);
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    if (number !== ERROR_INFO_METADATA || wireType !== WireType.LengthDelimited) {
      reader.skip(wireType, number);
      continue;
    }
    const entry = new BinaryReader(reader.bytes());
    const texts: string[] = ["", ""];
    while (entry.pos < entry.len) {
      const [part, type] = entry.tag();
      if ((part === 1 || part === 2) && type === WireType.LengthDelimited) {
        texts[part - 1] = entry.string();
      } else {
        entry.skip(type, part);
      }
    }
    metadata.set(texts[0] ?? "", texts[1] ?? "");
  }
  return metadata;
}
