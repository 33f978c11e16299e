package dev.graft.encoder;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
 * request, as Spark's own clients do. Values are percent-decoded.
 *
 * @param host a name or an address; an IPv6 address in brackets
 * @param port from 1 to 65,535; 15002 if the string has none
 * @param userId whom the server shall take the client for; the system's user if the string has none
 * @param token a bearer token; it implies TLS, except towards the same machine with {@code
 *     use_ssl=false}
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
  private static final String SHAPE = "sc://host:port/;name=value;name=value";
  private static final int DEFAULT_PORT = 15002;
  private static final int DEFAULT_MAX_MESSAGE_SIZE = 128 * 1024 * 1024;
  private static final Set<String> SAME_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> RESERVED =
      Set.of("authorization", "te", "content-type", "user-agent");
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
    int semicolon = text.indexOf(';');
    URI address = address(semicolon < 0 ? text : text.substring(0, semicolon));
    Map<String, String> parameters =
        semicolon < 0 ? new LinkedHashMap<>() : parameters(text.substring(semicolon + 1));
    Optional<String> token = Optional.ofNullable(parameters.remove("token"));
    String host = address.getHost();
    return new ConnectionString(
        host,
        address.getPort() < 0 ? DEFAULT_PORT : address.getPort(),
        take(parameters, "user_id").orElseGet(() -> System.getProperty("user.name", "unknown")),
        token,
        tls(take(parameters, "use_ssl"), token.isPresent(), host),
        take(parameters, "session_id")
            .map(ConnectionString::uuid)
            .orElseGet(ConnectionString::fresh),
        take(parameters, "user_agent").orElse("graft-encoder-java"),
        take(parameters, "grpc_max_message_size")
            .map(ConnectionString::size)
            .orElse(DEFAULT_MAX_MESSAGE_SIZE),
        headers(parameters));
  }

  private static URI address(String text) {
    URI address;
    try {
      address = new URI(text);
    } catch (URISyntaxException e) {
      throw refused("the part before the first semicolon is not a URL: " + e.getReason());
    }
    if (!"sc".equals(address.getScheme())) {
      throw refused("it must begin with sc://");
    }
    if (address.getHost() == null || address.getUserInfo() != null) {
      throw refused(
          "'"
              + address.getRawSchemeSpecificPart()
              + "' does not name a host, as //host:port would");
    }
    if (address.getPort() == 0 || address.getPort() > 65_535) {
      throw refused("the port must be from 1 to 65535, and is " + address.getPort());
    }
    if (!address.getPath().isEmpty() && !address.getPath().equals("/")) {
      throw refused("nothing but /; may stand between the address and the parameters");
    }
    if (address.getQuery() != null || address.getFragment() != null) {
      throw refused("parameters are separated by semicolons, not by ? or #");
    }
    return address;
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : text.split(";", -1)) {
      if (parameter.isEmpty()) {
        continue;
      }
      int equals = parameter.indexOf('=');
      if (equals <= 0 || equals == parameter.length() - 1) {
        throw refused("each parameter must be name=value, and one is not");
      }
      String name = parameter.substring(0, equals);
      if (parameters.put(name, decoded(name, parameter.substring(equals + 1))) != null) {
        throw refused("the parameter " + name + " stands there twice");
      }
    }
    return parameters;
  }

  private static String decoded(String name, String value) {
    try {
      // URLDecoder reads forms, in which a plus sign is a blank; here it is itself.
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refused("the value of " + name + " has a % that two hexadecimal digits don't follow");
    }
  }

  private static Optional<String> take(Map<String, String> parameters, String name) {
    return Optional.ofNullable(parameters.remove(name));
  }

  private static boolean tls(Optional<String> asked, boolean token, String host) {
    if (asked.isEmpty()) {
      return token;
    }
    boolean tls =
        switch (asked.get().toLowerCase(Locale.ROOT)) {
          case "true" -> true;
          case "false" -> false;
          default -> throw refused("use_ssl must be true or false");
        };
    if (token && !tls && !SAME_MACHINE.contains(host)) {
      throw refused(
          "a token would cross the network unencrypted to " + host + "; leave use_ssl=false out");
    }
    return tls;
  }

  private static String uuid(String sessionId) {
    try {
      return UUID.fromString(sessionId).toString();
    } catch (IllegalArgumentException e) {
      throw refused("session_id must be a UUID");
    }
  }

  private static String fresh() {
    return UUID.randomUUID().toString();
  }

  private static int size(String bytes) {
    try {
      int size = Integer.parseInt(bytes);
      if (size > 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      // Refused below, together with numbers out of range.
    }
    throw refused("grpc_max_message_size must be a number of bytes from 1 to 2147483647");
  }

  private static Map<String, String> headers(Map<String, String> parameters) {
    Map<String, String> headers = new LinkedHashMap<>();
    parameters.forEach(
        (name, value) -> {
          String header = name.toLowerCase(Locale.ROOT);
          if (!HEADER_NAME.matcher(header).matches()
              || header.startsWith("grpc-")
              || header.endsWith("-bin")
              || RESERVED.contains(header)) {
            throw refused("the parameter " + name + " is unknown, and cannot be a header either");
          }
          if (!HEADER_VALUE.matcher(value).matches()) {
            throw refused("the value of " + name + " becomes a header and must be printable ASCII");
          }
          headers.put(header, value);
        });
    return headers;
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(
        "The connection string cannot be used: " + why + ". Its shape is " + SHAPE);
  }

  /** The address alone, for messages: without the token and the other parameters. */
  @Override
  public String toString() {
    return "sc://" + host + ":" + port;
  }
}
