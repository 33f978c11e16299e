package dev.graft.registry.wire;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A serialised message of which a few top-level fields are read or exchanged; everything else stays
 * byte for byte. It is not parsed into objects: its size and the number of its fields are the
 * client's. Immutable.
 *
 * <p>Whatever is read throws a {@link GraftException}, GRAFT_PLAN_MALFORMED, if the message is not
 * well-formed.
 */
public final class WireMessage {
  /** One without fields. */
  public static final WireMessage EMPTY = new WireMessage(new byte[0]);

  private final byte[] bytes;

  /** A message; the bytes are not copied and not written to. */
  public WireMessage(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The message itself, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** The content of a length-delimited field; of several the last. */
  public Optional<byte[]> field(int number) {
    return last(contents(number));
  }

  /**
   * The content of a length-delimited field that may be there only once. A parser would merge
   * several values of a message field, which cannot be done on bytes.
   *
   * @throws GraftException GRAFT_PLAN_MALFORMED also if it is there twice
   */
  public Optional<byte[]> only(int number) {
    List<Slice> contents = contents(number);
    if (contents.size() > 1) {
      throw malformed("its field " + number + " is there twice.");
    }
    return last(contents);
  }

  private static Optional<byte[]> last(List<Slice> contents) {
    return contents.isEmpty()
        ? Optional.empty()
        : Optional.of(contents.get(contents.size() - 1).copy());
  }

  /** The contents of a field; at most the last two. */
  private List<Slice> contents(int number) {
    List<Slice> contents = new ArrayList<>(1);
    forEach(
        field -> {
          if (field.isContent(number)) {
            if (contents.size() == 2) {
              contents.remove(0); // a client may give a field millions of times
            }
            contents.add(field.content());
          }
        });
    return contents;
  }

  /** A varint field; of several the last, 0 where it is not there. */
  public long number(int number) {
    long[] value = {0};
    forEach(
        field -> {
          if (field.fieldNumber() == number && field.wireType() == WireType.VARINT) {
            value[0] = field.varint();
          }
        });
    return value[0];
  }

  /** A text field; empty where it is not there. */
  public String text(int number) {
    return field(number).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
  }

  /** A field that is a message; an empty one where it is not there. */
  public WireMessage message(int number) {
    return field(number).map(WireMessage::new).orElse(EMPTY);
  }

  /** The message without any field of these numbers. */
  public WireMessage without(int... numbers) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    int[] kept = {0};
    forEach(
        field -> {
          field.skip();
          int number = field.fieldNumber();
          if (Arrays.stream(numbers).anyMatch(dropped -> dropped == number)) {
            out.write(bytes, kept[0], field.fieldStart() - kept[0]);
            kept[0] = field.position();
          }
        });
    if (kept[0] == 0) {
      return this;
    }
    out.write(bytes, kept[0], bytes.length - kept[0]);
    return new WireMessage(out.toByteArray());
  }

  /**
   * The message with this length-delimited field instead of all fields of that number. It goes
   * where the last of them was, since of the members of a oneof the last one counts; to the end
   * where there was none.
   */
  public WireMessage with(int number, byte[] content) {
    int[] end = {bytes.length};
    forEach(
        field -> {
          field.skip();
          if (field.fieldNumber() == number) {
            end[0] = field.position();
          }
        });
    byte[] before = new WireMessage(Arrays.copyOf(bytes, end[0])).without(number).bytes;
    byte[] head = head(number, content.length);
    int rest = bytes.length - end[0];
    byte[] all = Arrays.copyOf(before, before.length + head.length + content.length + rest);
    int at = before.length;
    System.arraycopy(head, 0, all, at, head.length);
    System.arraycopy(content, 0, all, at + head.length, content.length);
    System.arraycopy(bytes, end[0], all, all.length - rest, rest);
    return new WireMessage(all);
  }

  /**
   * The message with this text field instead of all fields of that number; the empty text, which is
   * the default, only removes them.
   */
  public WireMessage with(int number, String text) {
    return text.isEmpty() ? without(number) : with(number, text.getBytes(StandardCharsets.UTF_8));
  }

  /** What stands before the content of a length-delimited field: its tag, and its length. */
  public static byte[] head(int number, int length) {
    byte[] head = new byte[2 * Varint.MAX_BYTES];
    int at = Varint.write(head, 0, number << 3 | WireType.LENGTH);
    return Arrays.copyOf(head, Varint.write(head, at, length));
  }

  /**
   * The message with each length-delimited field of a number as {@code change} makes it, and
   * without those for which it gives nothing.
   *
   * @return this message where {@code change} returned each content itself
   */
  public WireMessage each(int number, Function<byte[], Optional<byte[]>> change) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    boolean[] same = {true};
    forEach(
        field -> {
          if (field.isContent(number)) {
            byte[] content = field.content().copy();
            byte[] changed = change.apply(content).orElse(null);
            same[0] &= changed == content;
            if (changed != null) {
              out.writeBytes(head(number, changed.length));
              out.writeBytes(changed);
            }
          } else {
            field.skip();
            out.write(bytes, field.fieldStart(), field.position() - field.fieldStart());
          }
        });
    return same[0] ? this : new WireMessage(out.toByteArray());
  }

  /** The numbers of the fields, in their order. */
  public List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    forEach(field -> numbers.add(field.fieldNumber()));
    return numbers;
  }

  /** Calls {@code reading} for each field. A value that it does not read is stepped over. */
  private void forEach(Consumer<WireCursor> reading) {
    WireCursor field = new WireCursor(Slice.of(bytes));
    try {
      while (field.nextField()) {
        int value = field.position();
        reading.accept(field);
        if (field.position() == value) {
          field.skip();
        }
      }
    } catch (WireException e) {
      throw malformed(e.reason() + ", at byte " + e.offset() + ".", e);
    }
  }

  /**
   * A refusal of a request.
   *
   * @param why a sentence's end, full stop included
   */
  public static GraftException malformed(String why) {
    return malformed(why, null);
  }

  private static GraftException malformed(String why, @Nullable Throwable cause) {
    return new GraftException(
        ErrorCode.GRAFT_PLAN_MALFORMED,
        "The request cannot be read: "
            + why
            + " Build it with a Spark Connect client or a protobuf library.",
        cause);
  }
}
