package dev.graft.encoder;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A parsed Spark Connect connection string: {@code sc://host:port/;name=value;name=value}.
 *
 * <p>Names known are {@code user_id}, {@code token}, {@code use_ssl}, {@code session_id}, {@code
 * user_agent} and {@code grpc_max_message_size}; every other one is a header sent with each
 * request, as Spark's own clients do. Values are percent-decoded. {@link Address} has the grammar.
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
  private static final Set<String> SAME_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> RESERVED =
      Set.of("authorization", "te", "content-type", "user-agent");
  private static final Pattern UUID_SHAPE =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern HEADER_NAME = Pattern.compile("[0-9a-z_.-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

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
    Address address = Address.parse(text);
    Map<String, String> parameters = new LinkedHashMap<>(address.parameters());
    Optional<String> token = take(parameters, "token").map(value -> headerValue("token", value));
    return new ConnectionString(
        address.host(),
        address.port(),
        take(parameters, "user_id").orElseGet(() -> System.getProperty("user.name", "unknown")),
        token,
        tls(take(parameters, "use_ssl"), token.isPresent(), address.host()),
        take(parameters, "session_id")
            .map(ConnectionString::sessionId)
            .orElseGet(() -> UUID.randomUUID().toString()),
        take(parameters, "user_agent")
            .map(ConnectionString::userAgent)
            .orElse("graft-encoder-java"),
        take(parameters, "grpc_max_message_size")
            .map(ConnectionString::size)
            .orElse(DEFAULT_MAX_MESSAGE_SIZE),
        headers(parameters));
  }

  private static Optional<String> take(Map<String, String> parameters, String name) {
    return Optional.ofNullable(parameters.remove(name));
  }

  private static boolean tls(Optional<String> asked, boolean token, String host) {
    if (asked.isEmpty()) {
      return token && !host.equals("localhost");
    }
    boolean tls =
        switch (asked.get().toLowerCase(Locale.ROOT)) {
          case "true" -> true;
          case "false" -> false;
          default -> throw Address.refused("use_ssl must be true or false");
        };
    if (token && !tls && !SAME_MACHINE.contains(host)) {
      throw Address.refused(
          "a token would cross the network unencrypted to " + host + "; leave use_ssl=false out");
    }
    return tls;
  }

  /** As it was written, since servers tell sessions apart by the text. */
  private static String sessionId(String text) {
    if (!UUID_SHAPE.matcher(text).matches()) {
      throw Address.refused("session_id must be a UUID");
    }
    return text;
  }

  private static String userAgent(String text) {
    if (text.length() > LONGEST_USER_AGENT) {
      throw Address.refused("user_agent must have 2048 characters at most");
    }
    return headerValue("user_agent", text);
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
    throw Address.refused("grpc_max_message_size must be a number of bytes from 1 to 2147483647");
  }

  private static Map<String, String> headers(Map<String, String> parameters) {
    Map<String, String> headers = new LinkedHashMap<>();
    parameters.forEach(
        (name, value) -> {
          if (!HEADER_NAME.matcher(name).matches()
              || name.startsWith("grpc-")
              || name.endsWith("-bin")
              || RESERVED.contains(name)) {
            throw Address.refused(
                "the parameter " + name + " is unknown, and cannot be a header either");
          }
          headers.put(name, headerValue(name, value));
        });
    return headers;
  }

  private static String headerValue(String name, String value) {
    if (!HEADER_VALUE.matcher(value).matches()) {
      throw Address.refused(
          "the value of " + name + " becomes a header and must be printable ASCII");
    }
    return value;
  }

  /** The address alone, for messages: without the token and the other parameters. */
  @Override
  public String toString() {
    return "sc://" + host + ":" + port;
  }
}
