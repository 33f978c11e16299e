package dev.graft.encoder;

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

/**
 * {@code sc://host:port/;name=value;…} taken apart, as encoders/README.md has its grammar; what the
 * parameters mean is {@link ConnectionString}'s.
 *
 * @param host a name or an address, in lower case; an IPv6 address in brackets
 * @param port from 1 to 65,535; 15002 if the text has none
 * @param parameters decoded values by name; names that are not known are in lower case
 */
record Address(String host, int port, Map<String, String> parameters) {
  private static final String SCHEME = "sc://";
  private static final int DEFAULT_PORT = 15002;
  private static final Pattern AUTHORITY = Pattern.compile("([^:]*|\\[.*\\])(?::([0-9]*))?");
  private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-]+(\\.[0-9A-Za-z_-]+)*\\.?");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]+\\]");
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})?");
  private static final Set<String> KNOWN =
      Set.of("user_id", "token", "use_ssl", "session_id", "user_agent", "grpc_max_message_size");

  static Address parse(String text) {
    if (!text.startsWith(SCHEME)) {
      throw refused("it must begin with sc://");
    }
    String rest = text.substring(SCHEME.length());
    if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
      throw refused("parameters are separated by semicolons, not by ? or #");
    }
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash + 1);
    if (authority.indexOf(';') >= 0) {
      throw refused("the / before the parameters is missing");
    }
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      throw noHost();
    }
    return new Address(
        host(parts.group(1)),
        Optional.ofNullable(parts.group(2)).map(Address::port).orElse(DEFAULT_PORT),
        parameters(path));
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
    throw refused("the port must be from 1 to 65535");
  }

  private static Map<String, String> parameters(String path) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (path.isEmpty() || path.equals(";")) {
      return parameters;
    } else if (!path.startsWith(";")) {
      throw refused("nothing but /; may stand between the address and the parameters");
    } else if (path.indexOf('/') >= 0) {
      throw refused("a / in a parameter must be written %2F");
    }
    for (String parameter : path.substring(1).split(";", -1)) {
      int equals = parameter.indexOf('=');
      if (equals <= 0 || equals == parameter.length() - 1) {
        throw refused("each parameter must be name=value, and one is not");
      } else if (parameter.indexOf('=', equals + 1) >= 0) {
        throw refused("a = in a value must be written %3D");
      }
      String name = name(parameter.substring(0, equals));
      if (parameters.put(name, decoded(name, parameter.substring(equals + 1))) != null) {
        throw refused("the parameter " + name + " stands there twice");
      }
    }
    return parameters;
  }

  private static String name(String written) {
    String name = written.toLowerCase(Locale.ROOT);
    if (KNOWN.contains(name) && !written.equals(name)) {
      throw refused("the parameter " + written + " is unknown: write " + name);
    }
    return name;
  }

  private static String decoded(String name, String value) {
    ByteBuffer bytes = ByteBuffer.allocate(3 * value.length());
    Matcher escape = ESCAPE.matcher(value);
    int done = 0;
    while (escape.find()) {
      if (escape.group(1) == null) {
        throw refused("the value of " + name + " has a % that two hexadecimal digits don't follow");
      }
      bytes.put(StandardCharsets.UTF_8.encode(CharBuffer.wrap(value, done, escape.start())));
      bytes.put((byte) Integer.parseInt(escape.group(1), 16));
      done = escape.end();
    }
    bytes.put(StandardCharsets.UTF_8.encode(CharBuffer.wrap(value, done, value.length())));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw refused("the value of " + name + " is no UTF-8");
    }
  }

  private static IllegalArgumentException noHost() {
    return refused("what follows sc:// does not name a host, as host:port would");
  }

  /** Why an address cannot be used; no value may stand in it, since one of them may be a token. */
  static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(
        "The connection string cannot be used: "
            + why
            + ". Its shape is sc://host:port/;name=value;name=value");
  }
}
