package dev.graft.registry.line;

import dev.graft.registry.descriptor.ConnectType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The fields that the servers of one line know. Immutable and safe for use by several threads.
 *
 * <pre>{@code
 * ConnectFields.of("3.5").firstUnknown(ConnectType.EXPRESSION, expression.toByteArray());
 * }</pre>
 *
 * <p>Looking for an unknown field takes time that grows linearly with the bytes, and memory that
 * grows with their nesting; there is no recursion. For the newest line there is nothing to look
 * for.
 */
public final class ConnectFields {
  private static final ByteBuffer NOTHING = ByteBuffer.wrap(new byte[0]);

  private final ConnectLine line;
  private final int place;
  private final boolean fits;

  private ConnectFields(int place, boolean fits) {
    this.line = KnownLines.ALL.get(place);
    this.place = place;
    this.fits = fits;
  }

  /** The lines whose fields are known, the oldest first. */
  public static List<ConnectLine> lines() {
    return KnownLines.ALL;
  }

  /**
   * The fields that a server of some version knows.
   *
   * @param version a version or a line, such as {@code 3.5.3} or {@code 3.5}. One between two known
   *     lines counts as the earlier, one after the newest as the newest, and one before the oldest
   *     as the oldest. A version that cannot be read counts as the oldest, too: such a server may
   *     be of any line, and a refusal that says why is better than a plan that silently runs
   *     without some part of it.
   */
  public static ConnectFields of(String version) {
    Optional<ConnectLine> asked = ConnectLine.ofVersion(version);
    int place = KnownLines.ALL.size() - 1;
    while (place > 0 && (asked.isEmpty() || asked.get().compareTo(KnownLines.ALL.get(place)) < 0)) {
      place--;
    }
    return new ConnectFields(
        place, asked.isPresent() && asked.get().compareTo(KnownLines.ALL.get(0)) >= 0);
  }

  /** The line whose fields these are. */
  public ConnectLine line() {
    return line;
  }

  /** Whether {@link #line()} is a guess: the version cannot be read, or is before all lines. */
  public boolean isGuess() {
    return !fits;
  }

  /** Whether this is the newest known line, for which there is nothing to look for. */
  public boolean areOfNewestLine() {
    return place == KnownLines.ALL.size() - 1;
  }

  /**
   * The first field in a message, in the order of its bytes, that a later line has and this one
   * does not.
   *
   * @param type the message's type
   * @param message the serialised message; the search ends at bytes that are no protobuf, since no
   *     server reads on there either
   */
  public Optional<UnknownField> firstUnknown(ConnectType type, byte[] message) {
    return firstUnknown(type, message, NOTHING);
  }

  /**
   * The same, but lets pass what was taken from a client unchanged: a plugin is not to blame for a
   * node that the client gave it to put into its answer. An unknown field passes if the message
   * around it stands byte for byte, and with its length before it, in what the client sent. The
   * search for that is bounded, by a multiple of the sizes of both; a field whose search is given
   * up does not pass.
   *
   * @param fromClient what the client sent; backed by an array
   */
  public Optional<UnknownField> firstUnknown(
      ConnectType type, byte[] message, ByteBuffer fromClient) {
    Objects.requireNonNull(type, "type");
    if (areOfNewestLine()) {
      return Optional.empty();
    }
    MessageFields fields = KnownLines.table().message(type.fullName());
    ClientBytes client = new ClientBytes(fromClient, message);
    return Optional.ofNullable(new FieldWalk(fields, message, place, client).first());
  }
}
