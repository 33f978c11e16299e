import { randomUUID } from "node:crypto";
import { isIPv6 } from "node:net";
import { userInfo } from "node:os";

const SHAPE = "sc://host:port/;name=value;name=value";
const DEFAULT_PORT = 15002;
const DEFAULT_MAX_MESSAGE_SIZE = 128 * 1024 * 1024;
const LONGEST_USER_AGENT = 2048;
const AUTHORITY = /^([^:[\]]*|\[[0-9A-Fa-f:.]*\])(?::([0-9]*))?$/;
const HOST_NAME = /^[0-9A-Za-z_-]+(\.[0-9A-Za-z_-]+)*\.?$/;
const UUID = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;
const KNOWN: ReadonlySet<string> = new Set([
  "user_id",
  "token",
  "use_ssl",
  "session_id",
  "user_agent",
  "grpc_max_message_size",
]);
const HEADER_NAME = /^[0-9a-z_.-]+$/;
const HEADER_VALUE = /^[\x20-\x7e]*$/;
const RESERVED: ReadonlySet<string> = new Set([
  "authorization",
  "te",
  "content-type",
  "user-agent",
]);
const SAME_MACHINE: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * A parsed Spark Connect connection string: `sc://host:port/;name=value;name=value`.
 *
 * Names known are `user_id`, `token`, `use_ssl`, `session_id`, `user_agent` and `grpc_max_message_size`; every other one is a
 * header sent with each request, as Spark's own clients do. Values are percent-decoded. encoders/README.md has the grammar.
 */
export interface ConnectionString {
  /** A name or an address, in lower case; an IPv6 address in brackets. */
  readonly host: string;
  /** From 1 to 65,535; 15002 if the string has none. */
  readonly port: number;
  /** Whom the server shall take the client for; the system's user if the string has none. */
  readonly userId: string;
  /** A bearer token; it implies TLS, except to `localhost`, and to the same machine with `use_ssl=false`. */
  readonly token: string | undefined;
  /** Whether the connection is encrypted. */
  readonly tls: boolean;
  /** The UUID of the session to use; a new one if the string has none. */
  readonly sessionId: string;
  /** What the server's log shall call the client. */
  readonly userAgent: string;
  /** The largest answer that is accepted, in bytes; 128 MiB if the string has none. */
  readonly maxMessageSize: number;
  /** Further headers, names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

/**
 * Parses a connection string.
 *
 * @throws TypeError if it is not one; the text never repeats a value, since one of them may be a token
 */
export function parseConnectionString(text: string): ConnectionString {
  const { host, port, path } = address(text);
  const parameters = parametersOf(path);
  const take = (name: string): string | undefined => {
    const value = parameters.get(name);
    parameters.delete(name);
    return value;
  };
  const token = headerValue("token", take("token"));
  return {
    host,
    port,
    userId: take("user_id") ?? systemUser(),
    token,
    tls: tls(take("use_ssl"), token !== undefined, host),
    sessionId: sessionId(take("session_id")),
    userAgent: userAgent(take("user_agent")) ?? "graft-encoder-typescript",
    maxMessageSize: size(take("grpc_max_message_size")),
    headers: headers(parameters),
  };
}

function address(text: string): { host: string; port: number; path: string } {
  if (!text.startsWith("sc://")) {
    throw refused("it must begin with sc://");
  }
  const rest = text.slice("sc://".length);
  if (/[?#]/.test(rest)) {
    throw refused("parameters are separated by semicolons, not by ? or #");
  }
  const slash = rest.indexOf("/");
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  if (authority.includes(";")) {
    throw refused("the / before the parameters is missing");
  }
  const [, host, port] = AUTHORITY.exec(authority) ?? [];
  if (host === undefined || !(HOST_NAME.test(host) || isIPv6(host.slice(1, -1)))) {
    throw refused("what follows sc:// does not name a host, as host:port would");
  }
  const number = port === undefined || port === "" ? DEFAULT_PORT : Number(port);
  if (number < 1 || number > 65_535) {
    throw refused("the port must be from 1 to 65535");
  }
  return { host: host.toLowerCase(), port: number, path: slash < 0 ? "" : rest.slice(slash + 1) };
}

function parametersOf(path: string): Map<string, string> {
  const parameters = new Map<string, string>();
  if (path === "" || path === ";") {
    return parameters;
  }
  if (!path.startsWith(";")) {
    throw refused("nothing but /; may stand between the address and the parameters");
  }
  if (path.includes("/")) {
    throw refused("a / in a parameter must be written %2F");
  }
  for (const parameter of path.slice(1).split(";")) {
    const equals = parameter.indexOf("=");
    if (equals <= 0 || equals === parameter.length - 1) {
      throw refused("each parameter must be name=value, and one is not");
    }
    if (parameter.includes("=", equals + 1)) {
      throw refused("a = in a value must be written %3D");
    }
    const written = parameter.slice(0, equals);
    const name = written.toLowerCase();
    if (KNOWN.has(name) && name !== written) {
      throw refused(`the parameter ${written} is unknown: write ${name}`);
    }
    if (parameters.has(name)) {
      throw refused(`the parameter ${name} stands there twice`);
    }
    parameters.set(name, decoded(name, parameter.slice(equals + 1)));
  }
  return parameters;
}

function decoded(name: string, value: string): string {
  if (/%(?![0-9A-Fa-f]{2})/.test(value)) {
    throw refused(`the value of ${name} has a % that two hexadecimal digits don't follow`);
  }
  try {
    return decodeURIComponent(value);
  } catch {
    throw refused(`the value of ${name} is no UTF-8`);
  }
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown"; // In a container, the user may have no name.
  }
}

function tls(asked: string | undefined, token: boolean, host: string): boolean {
  if (asked === undefined) {
    return token && host !== "localhost";
  }
  const lower = asked.toLowerCase();
  if (lower !== "true" && lower !== "false") {
    throw refused("use_ssl must be true or false");
  }
  if (token && lower === "false" && !SAME_MACHINE.has(host)) {
    throw refused(
      `a token would cross the network unencrypted to ${host}; leave use_ssl=false out`,
    );
  }
  return lower === "true";
}

function sessionId(asked: string | undefined): string {
  if (asked === undefined) {
    return randomUUID();
  }
  if (!UUID.test(asked)) {
    throw refused("session_id must be a UUID");
  }
  return asked; // As it is written, since servers tell sessions apart by the text.
}

function userAgent(asked: string | undefined): string | undefined {
  if (asked !== undefined && asked.length > LONGEST_USER_AGENT) {
    throw refused("user_agent must have 2048 characters at most");
  }
  return headerValue("user_agent", asked);
}

function size(bytes: string | undefined): number {
  if (bytes === undefined) {
    return DEFAULT_MAX_MESSAGE_SIZE;
  }
  const number = /^[0-9]+$/.test(bytes) ? Number(bytes) : 0;
  if (number < 1 || number > 0x7fffffff) {
    throw refused("grpc_max_message_size must be a number of bytes from 1 to 2147483647");
  }
  return number;
}

function headers(parameters: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  for (const [name, value] of parameters) {
    if (
      !HEADER_NAME.test(name) ||
      name.startsWith("grpc-") ||
      name.endsWith("-bin") ||
      RESERVED.has(name)
    ) {
      throw refused(`the parameter ${name} is unknown, and cannot be a header either`);
    }
    headerValue(name, value);
  }
  return parameters;
}

function headerValue<Value extends string | undefined>(name: string, value: Value): Value {
  if (value !== undefined && !HEADER_VALUE.test(value)) {
    throw refused(`the value of ${name} becomes a header and must be printable ASCII`);
  }
  return value;
}

function refused(why: string): TypeError {
  return new TypeError(`The connection string cannot be used: ${why}. Its shape is ${SHAPE}`);
}
