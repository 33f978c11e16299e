import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";

const SHAPE = "sc://host:port/;name=value;name=value";
const DEFAULT_PORT = 15002;
const DEFAULT_MAX_MESSAGE_SIZE = 128 * 1024 * 1024;
const ADDRESS = /^sc:\/\/([^/?#]*)([^?#]*)(.*)$/s;
const HOST = /^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\.?|\[[0-9A-Fa-f:.]+\])(?::(\d*))?$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
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
 * header sent with each request, as Spark's own clients do. Values are percent-decoded.
 */
export interface ConnectionString {
  /** A name or an address; an IPv6 address in brackets. */
  readonly host: string;
  /** From 1 to 65,535; 15002 if the string has none. */
  readonly port: number;
  /** Whom the server shall take the client for; the system's user if the string has none. */
  readonly userId: string;
  /** A bearer token; it implies TLS, except towards the same machine with `use_ssl=false`. */
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
  const semicolon = text.indexOf(";");
  const { host, port } = address(semicolon < 0 ? text : text.slice(0, semicolon));
  const parameters = parametersOf(semicolon < 0 ? "" : text.slice(semicolon + 1));
  const take = (name: string): string | undefined => {
    const value = parameters.get(name);
    parameters.delete(name);
    return value;
  };
  const token = take("token");
  return {
    host,
    port,
    userId: take("user_id") ?? systemUser(),
    token,
    tls: tls(take("use_ssl"), token !== undefined, host),
    sessionId: sessionId(take("session_id")),
    userAgent: take("user_agent") ?? "graft-encoder-typescript",
    maxMessageSize: size(take("grpc_max_message_size")),
    headers: headers(parameters),
  };
}

function address(text: string): { host: string; port: number } {
  if (!text.startsWith("sc:")) {
    throw refused("it must begin with sc://");
  }
  const [, authority, path, rest] = ADDRESS.exec(text) ?? [];
  if (authority === undefined || (authority === "" && path === "")) {
    throw refused("the part before the first semicolon is not a URL");
  }
  const [, host, , port] = HOST.exec(authority) ?? [];
  if (host === undefined) {
    throw refused(`'//${authority}' does not name a host, as //host:port would`);
  }
  if (path !== "" && path !== "/") {
    throw refused("nothing but /; may stand between the address and the parameters");
  }
  if (rest !== "") {
    throw refused("parameters are separated by semicolons, not by ? or #");
  }
  const number = port === undefined || port === "" ? DEFAULT_PORT : Number(port);
  if (number < 1 || number > 65_535) {
    throw refused(`the port must be from 1 to 65535, and is ${String(number)}`);
  }
  return { host, port: number };
}

function parametersOf(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const parameter of text.split(";")) {
    if (parameter === "") {
      continue;
    }
    const equals = parameter.indexOf("=");
    if (equals <= 0 || equals === parameter.length - 1) {
      throw refused("each parameter must be name=value, and one is not");
    }
    const name = parameter.slice(0, equals);
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
  return value.replace(/(?:%[0-9A-Fa-f]{2})+/g, (bytes) =>
    Buffer.from(bytes.replaceAll("%", ""), "hex").toString("utf8"),
  );
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
    return token;
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
  const id = asked.toLowerCase();
  if (!UUID.test(id)) {
    throw refused("session_id must be a UUID");
  }
  return id;
}

function size(bytes: string | undefined): number {
  if (bytes === undefined) {
    return DEFAULT_MAX_MESSAGE_SIZE;
  }
  const number = /^\d+$/.test(bytes) ? Number(bytes) : 0;
  if (number < 1 || number > 0x7fffffff) {
    throw refused("grpc_max_message_size must be a number of bytes from 1 to 2147483647");
  }
  return number;
}

function headers(parameters: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of parameters) {
    const header = name.toLowerCase();
    if (
      !HEADER_NAME.test(header) ||
      header.startsWith("grpc-") ||
      header.endsWith("-bin") ||
      RESERVED.has(header)
    ) {
      throw refused(`the parameter ${name} is unknown, and cannot be a header either`);
    }
    if (!HEADER_VALUE.test(value)) {
      throw refused(`the value of ${name} becomes a header and must be printable ASCII`);
    }
    found.set(header, value);
  }
  return found;
}

function refused(why: string): TypeError {
  return new TypeError(`The connection string cannot be used: ${why}. Its shape is ${SHAPE}`);
}
