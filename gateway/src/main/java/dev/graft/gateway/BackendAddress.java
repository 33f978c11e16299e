package dev.graft.gateway;

import dev.graft.registry.error.GraftException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the server behind is, as clients write it: {@code sc://host:port/;token=…;use_ssl=true}.
 * {@link Address} has the grammar.
 *
 * @param host a name or an address, in lower case; an IPv6 address in brackets
 * @param port from 1 to 65,535; 15002 if the text has none
 * @param tls whether the connection is encrypted; with a token it is, except to {@code localhost},
 *     unless {@code use_ssl=false} says otherwise
 * @param token a bearer token, which the backend gets instead of what clients send
 * @param headers further headers, names in lower case: every parameter of another name
 */
public record BackendAddress(
    String host, int port, boolean tls, Optional<String> token, Map<String, String> headers) {
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
    Address address = Address.parse(text);
    Map<String, String> parameters = new LinkedHashMap<>(address.parameters());
    for (String name : OF_CLIENTS) {
      if (parameters.containsKey(name)) {
        throw Address.refused(
            "the parameter " + name + " is for clients, whose own reach the backend");
      }
    }
    Optional<String> token = Optional.ofNullable(parameters.remove("token"));
    boolean tls = tls(parameters.remove("use_ssl"), token.isPresent(), address.host());
    parameters.forEach(BackendAddress::checkHeader);
    token.ifPresent(value -> checkHeader("token", value));
    return new BackendAddress(address.host(), address.port(), tls, token, parameters);
  }

  private static boolean tls(@Nullable String asked, boolean token, String host) {
    if (asked == null) {
      return token && !host.equals("localhost");
    }
    boolean tls =
        switch (asked.toLowerCase(Locale.ROOT)) {
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

  private static void checkHeader(String name, String value) {
    if (!HEADER_NAME.matcher(name).matches()
        || name.startsWith("grpc-")
        || name.endsWith("-bin")
        || RESERVED.contains(name)) {
      throw Address.refused("the parameter " + name + " is unknown, and cannot be a header either");
    }
    if (!HEADER_VALUE.matcher(value).matches()) {
      throw Address.refused(
          "the value of " + name + " becomes a header and must be printable ASCII");
    }
  }

  /** The address alone, for messages: without the token and the other parameters. */
  @Override
  public String toString() {
    return "sc://" + host + ":" + port;
  }
}
