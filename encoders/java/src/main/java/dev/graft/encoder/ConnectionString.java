package dev.graft.encoder;

import dev.graft.address.AddressException;
import dev.graft.address.ConnectAddress;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A parsed Spark Connect connection string: {@code sc://host:port/;name=value;name=value}.
 *
 * <p>Names known are {@code user_id}, {@code token}, {@code use_ssl}, {@code session_id}, {@code
 * user_agent} and {@code grpc_max_message_size}; every other one is a header sent with each
 * request, as Spark's own clients do. Values are percent-decoded. {@link ConnectAddress} has the
 * grammar.
 *
 * @param host a name or an address, in lower case; an IPv6 address in brackets
 * @param port from 1 to 65,535; 15002 if the string has none
 * @param userId whom the server shall take the client for; the system's user if the string has none
 * @param token a bearer token; it implies TLS, except to {@code localhost}, and to other names of
 *     the same machine with {@code use_ssl=false}
 * @param tls whether the connection is encrypted
 * @param sessionId the UUID of the session to use; a new one if the string has none
 * @param userAgent what the server's log shall call the client
 * @param maxMessageSize the largest answer that is accepted, in bytes; 128 MiB if the string has
 *     none
 * @param headers further headers, names in lower case
 */
record ConnectionString(
    String host,
    int port,
    String userId,
    Optional<String> token,
    boolean tls,
    String sessionId,
    String userAgent,
    int maxMessageSize,
    Map<String, String> headers) {
  private static final int DEFAULT_MAX_MESSAGE_SIZE = 128 * 1024 * 1024;
  private static final int LONGEST_USER_AGENT = 2048;
  private static final Pattern UUID_SHAPE =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  ConnectionString {
    headers = Map.copyOf(headers);
  }

  /**
   * Parses a connection string.
   *
   * @throws IllegalArgumentException if it is not one; the text never repeats a value, since one of
   *     them may be a token
   */
  static ConnectionString parse(String text) {
    try {
      return of(ConnectAddress.parse(text));
    } catch (AddressException e) {
      throw new IllegalArgumentException(e.sentence("The connection string"), e);
    }
  }

  private static ConnectionString of(ConnectAddress address) {
    Map<String, String> client = address.ofClient();
    return new ConnectionString(
        address.host(),
        address.port(),
        client.getOrDefault("user_id", System.getProperty("user.name", "unknown")),
        address.token(),
        address.tls(),
        client.containsKey("session_id")
            ? sessionId(client.get("session_id"))
            : UUID.randomUUID().toString(),
        userAgent(client.getOrDefault("user_agent", "graft-encoder-java")),
        client.containsKey("grpc_max_message_size")
            ? size(client.get("grpc_max_message_size"))
            : DEFAULT_MAX_MESSAGE_SIZE,
        address.headers());
  }

  /** As it was written, since servers tell sessions apart by the text. */
  private static String sessionId(String text) {
    if (!UUID_SHAPE.matcher(text).matches()) {
      throw new AddressException("session_id must be a UUID");
    }
    return text;
  }

  private static String userAgent(String text) {
    if (text.length() > LONGEST_USER_AGENT) {
      throw new AddressException("user_agent must have 2048 characters at most");
    }
    return ConnectAddress.headerValue("user_agent", text);
  }

  private static int size(String bytes) {
    try {
      int size = DIGITS.matcher(bytes).matches() ? Integer.parseInt(bytes) : 0;
      if (size > 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      // Refused below, together with numbers out of range.
    }
    throw new AddressException(
        "grpc_max_message_size must be a number of bytes from 1 to 2147483647");
  }

  /** The address alone, for messages: without the token and the other parameters. */
  @Override
  public String toString() {
    return "sc://" + host + ":" + port;
  }
}
