package dev.graft.gateway.access;

import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.error.ClientText;
import dev.graft.registry.wire.Slice;
import dev.graft.registry.wire.WireCursor;
import dev.graft.registry.wire.WireException;
import java.util.Map;
import java.util.Set;

/**
 * Who a client says it is. Every request of {@code spark.connect.SparkConnectService} has the
 * session and the user in the same fields; the operation is where the method has one.
 *
 * @param user empty where none is named; cut at 200 characters, without control characters
 * @param session the same
 * @param operation the same
 */
public record Caller(String user, String session, String operation) {
  /** A caller without any name. */
  public static final Caller UNKNOWN = new Caller("", "", "");

  private static final String SERVICE = "spark.connect.SparkConnectService/";
  private static final int NONE = -1;
  private static final Map<String, Integer> OPERATION_ID =
      Map.of(
          SERVICE + "ExecutePlan", FieldNumbers.EXECUTE_OPERATION_ID,
          SERVICE + "Interrupt", FieldNumbers.INTERRUPT_OPERATION_ID,
          SERVICE + "ReattachExecute", FieldNumbers.REATTACH_OPERATION_ID,
          SERVICE + "ReleaseExecute", FieldNumbers.RELEASE_OPERATION_ID);

  /**
   * How many fields of a request are read. Clients' requests have fewer; a forged one may have
   * millions, and it is read on the event loop.
   */
  private static final int MOST_FIELDS = 32;

  /**
   * How many bytes of a name are read: enough for the characters that are shown, whatever their
   * encoding.
   */
  private static final int MOST_BYTES = 1_000;

  /**
   * The names under which a call takes from what all callers share: the user, and the session.
   * Credentials are part of both, so that somebody who only claims a name does not use up the share
   * of its owner.
   */
  public Set<String> sharers(String credentials) {
    return Set.of(
        "user " + user + ' ' + credentials, "session " + session + ' ' + user + ' ' + credentials);
  }

  /** The caller named in a request's bytes, as far as they can be read. */
  public static Caller read(String method, byte[] request) {
    return method.startsWith(SERVICE)
        ? new Reading(request, OPERATION_ID.getOrDefault(method, NONE)).caller()
        : UNKNOWN;
  }

  /** One request. Everything but the three fields is stepped over by its length. */
  private static final class Reading {
    private final WireCursor request;
    private final int operationField;
    private String user = "";
    private String session = "";
    private String operation = "";

    Reading(byte[] request, int operationField) {
      this.request = new WireCursor(Slice.of(request));
      this.operationField = operationField;
    }

    Caller caller() {
      try {
        for (int fields = 0; fields < MOST_FIELDS && request.nextField(); fields++) {
          if (request.isContent(FieldNumbers.SESSION_ID)) {
            session = text(request.content());
          } else if (request.isContent(FieldNumbers.USER_CONTEXT)) {
            readUser(new WireCursor(request.content()));
          } else if (request.isContent(operationField)) {
            operation = text(request.content());
          } else {
            request.skip();
          }
        }
      } catch (WireException e) {
        // What has been read stands; the lowering or the backend says what is wrong with the rest.
      }
      return new Caller(user, session, operation);
    }

    private void readUser(WireCursor context) {
      for (int fields = 0; fields < MOST_FIELDS && context.nextField(); fields++) {
        if (context.isContent(FieldNumbers.USER_ID)) {
          user = text(context.content());
        } else {
          context.skip();
        }
      }
    }

    private static String text(Slice name) {
      int shown = Math.min(name.to(), name.from() + MOST_BYTES);
      return ClientText.quote(new Slice(name.bytes(), name.from(), shown).utf8());
    }
  }
}
