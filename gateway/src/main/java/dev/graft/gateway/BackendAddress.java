package dev.graft.gateway;

import dev.graft.address.AddressException;
import dev.graft.address.ConnectAddress;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where the backend is, as clients write it: {@code sc://host:port/;token=…;use_ssl=true}. {@link
 * ConnectAddress} has the grammar.
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
  /** Copies the headers. */
  public BackendAddress {
    headers = Map.copyOf(headers);
  }

  /**
   * Parses an address.
   *
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if the text is no such address; the message
   *     repeats no value, since one of them may be a token
   */
  public static BackendAddress parse(String text) {
    try {
      ConnectAddress address = ConnectAddress.parse(text);
      if (!address.ofClient().isEmpty()) {
        throw new AddressException(
            "the parameter "
                + new TreeSet<>(address.ofClient().keySet()).first()
                + " is for clients, whose own reach the backend");
      }
      return new BackendAddress(
          address.host(), address.port(), address.tls(), address.token(), address.headers());
    } catch (AddressException e) {
      throw new GraftException(
          ErrorCode.GRAFT_CONFIGURATION_INVALID, e.sentence("The backend's address") + ".");
    }
  }

  /** The address alone, for messages: without the token and the other parameters. */
  @Override
  public String toString() {
    return "sc://" + host + ":" + port;
  }
}
