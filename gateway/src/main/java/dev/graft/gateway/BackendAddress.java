package dev.graft.gateway;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the server behind is, as clients write it: {@code sc://host:port/;token=…;use_ssl=true}.
 *
 * @param host a name or an address; an IPv6 address in brackets
 * @param port from 1 to 65,535; 15002 if the text has none
 * @param tls whether the connection is encrypted; with a token it is unless {@code use_ssl=false}
 *     says otherwise
 * @param token a bearer token, which the backend gets instead of what clients send
 * @param headers further headers, names in lower case: every parameter of another name
 */
public record BackendAddress(
    String host, int port, boolean tls, Optional<String> token, Map<String, String> headers) {
  private static final int USUAL_PORT = 15002;
  private static final Set<String> SAME_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern HEADER_NAME = Pattern.compile("[0-9a-z_.-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

  /** The headers that gRPC itself sets. */
  private static final Set<String> RESERVED =
      Set.of("authorization", "te", "content-type", "user-agent");

  /** What a client says of itself, which a gateway does not say for it. */
  private static final Set<String> OF_CLIENTS =
      Set.of("user_id", "session_id", "user_agent", "grpc_max_message_size");

  public BackendAddress {
    headers = Map.copyOf(headers);
  }

  /**
   * Parses an address.
   *
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if it is none; its text repeats no value,
   *     since one of them may be a token
   */
  public static BackendAddress parse(String text) {
    int semicolon = text.indexOf(';');
    URI address = address(semicolon < 0 ? text : text.substring(0, semicolon));
    Map<String, String> parameters = parameters(semicolon < 0 ? "" : text.substring(semicolon + 1));
    for (String name : OF_CLIENTS) {
      if (parameters.containsKey(name)) {
        throw invalid("the parameter " + name + " is for clients, whose own reach the backend");
      }
    }
    Optional<String> token = Optional.ofNullable(parameters.remove("token"));
    boolean tls = tls(parameters.remove("use_ssl"), token.isPresent(), address.getHost());
    parameters.forEach(BackendAddress::checkHeader);
    token.ifPresent(value -> checkHeader("token", value));
    return new BackendAddress(
        address.getHost(),
        address.getPort() < 0 ? USUAL_PORT : address.getPort(),
        tls,
        token,
        parameters);
  }

  private static URI address(String text) {
    URI address;
    try {
      address = new URI(text);
    } catch (URISyntaxException e) {
      throw invalid("what stands before the first semicolon is not a URL");
    }
    if (!"sc".equals(address.getScheme()) || address.getHost() == null) {
      throw invalid("it must begin with sc://host:port");
    }
    if (address.getPort() == 0 || address.getPort() > 65_535) {
      throw invalid("the port must be from 1 to 65535");
    }
    boolean bare = address.getPath().isEmpty() || address.getPath().equals("/");
    if (!bare
        || address.getUserInfo() != null
        || address.getQuery() != null
        || address.getFragment() != null) {
      throw invalid("nothing but /; may stand between the port and the parameters");
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
      if (equals <= 0) {
        throw invalid("each parameter must be name=value");
      }
      String name = parameter.substring(0, equals).toLowerCase(Locale.ROOT);
      try {
        // URLDecoder reads forms, in which a plus sign is a blank; here it is itself.
        String value =
            URLDecoder.decode(
                parameter.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
        if (parameters.put(name, value) != null) {
          throw invalid("the parameter " + name + " stands there twice");
        }
      } catch (IllegalArgumentException e) {
        throw invalid("the value of " + name + " has a % without two hexadecimal digits");
      }
    }
    return parameters;
  }

  private static boolean tls(@Nullable String asked, boolean token, String host) {
    if (asked == null) {
      return token;
    }
    if (!asked.equals("true") && !asked.equals("false")) {
      throw invalid("use_ssl must be true or false");
    }
    boolean tls = Boolean.parseBoolean(asked);
    if (token && !tls && !SAME_MACHINE.contains(host)) {
      throw invalid(
          "a token would cross the network unencrypted to " + host + "; leave use_ssl=false out");
    }
    return tls;
  }

  private static void checkHeader(String name, String value) {
    if (!HEADER_NAME.matcher(name).matches()
        || name.startsWith("grpc-")
        || name.endsWith("-bin")
        || RESERVED.contains(name)) {
      throw invalid("the parameter " + name + " is unknown, and cannot be a header either");
    }
    if (!HEADER_VALUE.matcher(value).matches()) {
      throw invalid("the value of " + name + " becomes a header and must be printable ASCII");
    }
  }

  private static GraftException invalid(String why) {
    return new GraftException(
        ErrorCode.GRAFT_CONFIGURATION_INVALID,
        "The backend's address cannot be used: "
            + why
            + ". Its shape is sc://host:port/;name=value;name=value.");
  }

  /** The address alone, for messages: without the token and the other parameters. */
  @Override
  public String toString() {
    return "sc://" + host + ":" + port;
  }
}
