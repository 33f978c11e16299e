package dev.graft.address;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a Connect server is, as clients write it: {@code sc://host:port/;name=value;…}, the grammar
 * of encoders/README.md. Immutable.
 *
 * @param host a name or an address, in lower case; an IPv6 address in brackets
 * @param port from 1 to 65,535; 15002 if the text has none
 * @param tls whether the connection is encrypted; with a token it is, except to {@code localhost},
 *     unless {@code use_ssl=false} says otherwise
 * @param token a bearer token
 * @param ofClient what a client says of itself, as it was written: {@code user_id}, {@code
 *     session_id}, {@code user_agent} and {@code grpc_max_message_size}
 * @param headers further headers, names in lower case: every parameter of another name
 */
public record ConnectAddress(
    String host,
    int port,
    boolean tls,
    Optional<String> token,
    Map<String, String> ofClient,
    Map<String, String> headers) {
  private static final String SCHEME = "sc://";
  private static final int DEFAULT_PORT = 15002;
  private static final Pattern AUTHORITY = Pattern.compile("([^:]*|\\[.*\\])(?::([0-9]*))?");
  private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-]+(\\.[0-9A-Za-z_-]+)*\\.?");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]+\\]");
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})?");
  private static final Set<String> OF_CLIENTS =
      Set.of("user_id", "session_id", "user_agent", "grpc_max_message_size");
  private static final Set<String> OF_CONNECTIONS = Set.of("token", "use_ssl");
  private static final Set<String> SAME_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern HEADER_NAME = Pattern.compile("[0-9a-z_.-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

  /** The headers that gRPC itself sets. */
  private static final Set<String> RESERVED =
      Set.of("authorization", "te", "content-type", "user-agent");

  /** Copies the maps. */
  public ConnectAddress {
    ofClient = Map.copyOf(ofClient);
    headers = Map.copyOf(headers);
  }

  /**
   * Parses an address.
   *
   * @throws AddressException if it is none; its text repeats no value, since one of them may be a
   *     token
   */
  public static ConnectAddress parse(String text) {
    if (!text.startsWith(SCHEME)) {
      throw new AddressException("it must begin with sc://");
    }
    String rest = text.substring(SCHEME.length());
    if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
      throw new AddressException("parameters are separated by semicolons, not by ? or #");
    }
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash + 1);
    if (authority.indexOf(';') >= 0) {
      throw new AddressException("the / before the parameters is missing");
    }
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      throw noHost();
    }
    String host = host(parts.group(1));
    int port = Optional.ofNullable(parts.group(2)).map(ConnectAddress::port).orElse(DEFAULT_PORT);
    Map<String, String> parameters = parameters(path);
    Map<String, String> ofClient = new LinkedHashMap<>(parameters);
    ofClient.keySet().retainAll(OF_CLIENTS);
    parameters.keySet().removeAll(OF_CLIENTS);
    Optional<String> token =
        Optional.ofNullable(parameters.remove("token")).map(value -> headerValue("token", value));
    boolean tls = tls(parameters.remove("use_ssl"), token.isPresent(), host);
    parameters.forEach(ConnectAddress::checkHeader);
    return new ConnectAddress(host, port, tls, token, ofClient, parameters);
  }

  private static boolean tls(@Nullable String asked, boolean token, String host) {
    if (asked == null) {
      return token && !host.equals("localhost");
    }
    boolean tls =
        switch (asked.toLowerCase(Locale.ROOT)) {
          case "true" -> true;
          case "false" -> false;
          default -> throw new AddressException("use_ssl must be true or false");
        };
    if (token && !tls && !SAME_MACHINE.contains(host)) {
      throw new AddressException(
          "a token would cross the network unencrypted to " + host + "; leave use_ssl=false out");
    }
    return tls;
  }

  private static void checkHeader(String name, String value) {
    if (!HEADER_NAME.matcher(name).matches()
        || name.startsWith("grpc-")
        || name.endsWith("-bin")
        || RESERVED.contains(name)) {
      throw new AddressException(
          "the parameter " + name + " is unknown, and cannot be a header either");
    }
    headerValue(name, value);
  }

  /**
   * The value itself.
   *
   * @throws AddressException if it cannot be a header's
   */
  public static String headerValue(String name, String value) {
    if (!HEADER_VALUE.matcher(value).matches()) {
      throw new AddressException(
          "the value of " + name + " becomes a header and must be printable ASCII");
    }
    return value;
  }

  private static String host(String host) {
    if (!NAME.matcher(host).matches() && !(IPV6.matcher(host).matches() && isUrlHost(host))) {
      throw noHost();
    }
    return host.toLowerCase(Locale.ROOT);
  }

  private static boolean isUrlHost(String host) {
    try {
      return new URI(SCHEME + host).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static int port(String digits) {
    if (digits.isEmpty()) {
      return DEFAULT_PORT;
    }
    try {
      int port = Integer.parseInt(digits);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Refused below, together with numbers out of range.
    }
    throw new AddressException("the port must be from 1 to 65535");
  }

  private static Map<String, String> parameters(String path) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (path.isEmpty() || path.equals(";")) {
      return parameters;
    } else if (!path.startsWith(";")) {
      throw new AddressException("nothing but /; may stand between the address and the parameters");
    } else if (path.indexOf('/') >= 0) {
      throw new AddressException("a / in a parameter must be written %2F");
    }
    for (String parameter : path.substring(1).split(";", -1)) {
      int equals = parameter.indexOf('=');
      if (equals <= 0 || equals == parameter.length() - 1) {
        throw new AddressException("each parameter must be name=value, and one is not");
      } else if (parameter.indexOf('=', equals + 1) >= 0) {
        throw new AddressException("a = in a value must be written %3D");
      }
      String name = name(parameter.substring(0, equals));
      if (parameters.put(name, decoded(name, parameter.substring(equals + 1))) != null) {
        throw new AddressException("the parameter " + name + " stands there twice");
      }
    }
    return parameters;
  }

  private static String name(String written) {
    String name = written.toLowerCase(Locale.ROOT);
    if ((OF_CLIENTS.contains(name) || OF_CONNECTIONS.contains(name)) && !written.equals(name)) {
      throw new AddressException("the parameter " + written + " is unknown: write " + name);
    }
    return name;
  }

  private static String decoded(String name, String value) {
    ByteBuffer bytes = ByteBuffer.allocate(3 * value.length());
    Matcher escape = ESCAPE.matcher(value);
    int done = 0;
    while (escape.find()) {
      if (escape.group(1) == null) {
        throw new AddressException(
            "the value of " + name + " has a % that two hexadecimal digits don't follow");
      }
      bytes.put(StandardCharsets.UTF_8.encode(CharBuffer.wrap(value, done, escape.start())));
      bytes.put((byte) Integer.parseInt(escape.group(1), 16));
      done = escape.end();
    }
    bytes.put(StandardCharsets.UTF_8.encode(CharBuffer.wrap(value, done, value.length())));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new AddressException("the value of " + name + " is no UTF-8");
    }
  }

  private static AddressException noHost() {
    return new AddressException("what follows sc:// does not name a host, as host:port would");
  }

  /** The address alone, for messages: without the token and the other parameters. */
  @Override
  public String toString() {
    return SCHEME + host + ":" + port;
  }
}
