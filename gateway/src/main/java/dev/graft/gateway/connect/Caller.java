package dev.graft.gateway.connect;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.graft.registry.error.ClientText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
  /** Who names nothing. */
  public static final Caller UNKNOWN = new Caller("", "", "");

  private static final String SERVICE = "spark.connect.SparkConnectService/";
  private static final int SESSION_ID = 1;
  private static final int USER_CONTEXT = 2;
  private static final int USER_ID = 1;
  private static final int NONE = -1;
  private static final Map<String, Integer> OPERATION_ID =
      Map.of(
          SERVICE + "ExecutePlan", 6,
          SERVICE + "Interrupt", 6,
          SERVICE + "ReattachExecute", 3,
          SERVICE + "ReleaseExecute", 3);

  /**
   * A request has fewer fields than this. One that was made up may have millions, and is read on
   * the event loop.
   */
  private static final int MOST_FIELDS = 32;

  /** As much of a name as is read: what is shown of it, in the longest of characters. */
  private static final int MOST_BYTES = 1_000;

  /**
   * Those who share what a gateway has: the user, and the session. Neither is taken from somebody
   * else by whoever claims the name and has other credentials.
   */
  Set<String> sharers(String credentials) {
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
    private final byte[] request;
    private final int operationField;
    private final CodedInputStream in;
    private String user = "";
    private String session = "";
    private String operation = "";

    Reading(byte[] request, int operationField) {
      this.request = request;
      this.operationField = operationField;
      this.in = CodedInputStream.newInstance(request);
    }

    Caller caller() {
      try {
        readFields();
      } catch (IOException e) {
        // What has been read stands; the lowering or the backend says what is wrong with the rest.
      }
      return new Caller(user, session, operation);
    }

    private void readFields() throws IOException {
      for (int fields = 0; fields < MOST_FIELDS; fields++) {
        int tag = in.readTag();
        if (tag == 0) {
          return;
        }
        int number = WireFormat.getTagFieldNumber(tag);
        boolean named = number == SESSION_ID || number == USER_CONTEXT || number == operationField;
        if (!named || WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
          if (!in.skipField(tag)) {
            return;
          }
        } else if (number == SESSION_ID) {
          session = text();
        } else if (number == USER_CONTEXT) {
          readUser();
        } else {
          operation = text();
        }
      }
    }

    private void readUser() throws IOException {
      int outer = in.pushLimit(in.readRawVarint32());
      for (int fields = 0; fields < MOST_FIELDS; fields++) {
        int tag = in.readTag();
        if (tag == 0) {
          break;
        }
        if (WireFormat.getTagFieldNumber(tag) == USER_ID
            && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
          user = text();
        } else if (!in.skipField(tag)) {
          break;
        }
      }
      in.skipRawBytes(in.getBytesUntilLimit());
      in.popLimit(outer);
    }

    private String text() throws IOException {
      int length = in.readRawVarint32();
      int from = in.getTotalBytesRead();
      in.skipRawBytes(length);
      return ClientText.quote(
          new String(request, from, Math.min(length, MOST_BYTES), StandardCharsets.UTF_8));
    }
  }
}
