package dev.graft.gateway.connect;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A serialised message of which a few top-level fields are read or exchanged; everything else stays
 * byte for byte. It is not parsed into objects: its size and the number of its fields are the
 * client's. Immutable.
 */
final class WireMessage {
  static final WireMessage EMPTY = new WireMessage(new byte[0]);

  private final byte[] bytes;

  /** A message; the bytes are not copied and not written to. */
  WireMessage(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  /**
   * The content of a length-delimited field; of several the last.
   *
   * @throws GraftException GRAFT_PLAN_MALFORMED if the message is not well-formed
   */
  Optional<byte[]> field(int number) {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    int from = -1;
    int to = -1;
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (WireFormat.getTagFieldNumber(tag) == number
            && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
          int length = in.readRawVarint32();
          from = in.getTotalBytesRead();
          in.skipRawBytes(length);
          to = in.getTotalBytesRead();
        } else {
          skip(in, tag);
        }
      }
    } catch (IOException e) {
      throw malformed(e);
    }
    return from < 0 ? Optional.empty() : Optional.of(Arrays.copyOfRange(bytes, from, to));
  }

  /**
   * The content of a length-delimited field that may be there once. A parser merges several of a
   * message, which cannot be done in bytes.
   *
   * @throws GraftException GRAFT_PLAN_MALFORMED if it is there twice, or the message is not
   *     well-formed
   */
  Optional<byte[]> only(int number) {
    Optional<byte[]> content = field(number);
    if (content.isPresent() && count(number) > 1) {
      throw malformed("its field " + number + " is there twice.");
    }
    return content;
  }

  private int count(int number) {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    int count = 0;
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (WireFormat.getTagFieldNumber(tag) == number
            && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
          count++;
        }
        skip(in, tag);
      }
    } catch (IOException e) {
      throw malformed(e);
    }
    return count;
  }

  /** A varint field; of several the last, 0 where it is not there. */
  long number(int number) {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    long value = 0;
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == (number << 3 | WireFormat.WIRETYPE_VARINT)) {
          value = in.readRawVarint64();
        } else {
          skip(in, tag);
        }
      }
    } catch (IOException e) {
      throw malformed(e);
    }
    return value;
  }

  /** A text field; empty where it is not there. */
  String text(int number) {
    return field(number).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
  }

  /** A field that is a message; an empty one where it is not there. */
  WireMessage message(int number) {
    return field(number).map(WireMessage::new).orElse(EMPTY);
  }

  /**
   * The message without any field of these numbers.
   *
   * @throws GraftException GRAFT_PLAN_MALFORMED if the message is not well-formed
   */
  WireMessage without(int... numbers) {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    int kept = 0;
    try {
      while (true) {
        int start = in.getTotalBytesRead();
        int tag = in.readTag();
        if (tag == 0) {
          break;
        }
        skip(in, tag);
        int number = WireFormat.getTagFieldNumber(tag);
        if (Arrays.stream(numbers).anyMatch(dropped -> dropped == number)) {
          out.write(bytes, kept, start - kept);
          kept = in.getTotalBytesRead();
        }
      }
    } catch (IOException e) {
      throw malformed(e);
    }
    if (kept == 0) {
      return this;
    }
    out.write(bytes, kept, bytes.length - kept);
    return new WireMessage(out.toByteArray());
  }

  /**
   * The message with a length-delimited field in the place of all of that number: that of the last,
   * since of the members of a oneof the last one counts.
   */
  WireMessage with(int number, byte[] content) {
    int end = endOfLast(number);
    byte[] before = new WireMessage(Arrays.copyOf(bytes, end)).without(number).bytes;
    int size =
        CodedOutputStream.computeTagSize(number)
            + CodedOutputStream.computeUInt32SizeNoTag(content.length)
            + content.length;
    byte[] all = Arrays.copyOf(before, before.length + size + bytes.length - end);
    CodedOutputStream out = CodedOutputStream.newInstance(all, before.length, size);
    try {
      out.writeByteArray(number, content);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    System.arraycopy(bytes, end, all, before.length + size, bytes.length - end);
    return new WireMessage(all);
  }

  /**
   * The message with each length-delimited field of a number as {@code change} makes it, and
   * without those for which it gives nothing.
   *
   * @return this message where {@code change} returned each content itself
   * @throws GraftException GRAFT_PLAN_MALFORMED if the message is not well-formed
   */
  WireMessage each(int number, Function<byte[], Optional<byte[]>> change) {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    ByteArrayOutputStream all = new ByteArrayOutputStream(bytes.length);
    CodedOutputStream out = CodedOutputStream.newInstance(all);
    boolean same = true;
    try {
      while (true) {
        int start = in.getTotalBytesRead();
        int tag = in.readTag();
        if (tag == 0) {
          break;
        }
        if (tag == (number << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
          byte[] content = in.readByteArray();
          byte[] changed = change.apply(content).orElse(null);
          same &= changed == content;
          if (changed != null) {
            out.writeByteArray(number, changed);
          }
        } else {
          skip(in, tag);
          out.writeRawBytes(bytes, start, in.getTotalBytesRead() - start);
        }
      }
      out.flush();
    } catch (IOException e) {
      throw malformed(e);
    }
    return same ? this : new WireMessage(all.toByteArray());
  }

  /**
   * The numbers of the fields, in their order.
   *
   * @throws GraftException GRAFT_PLAN_MALFORMED if the message is not well-formed
   */
  List<Integer> numbers() {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    List<Integer> numbers = new ArrayList<>();
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        numbers.add(WireFormat.getTagFieldNumber(tag));
        skip(in, tag);
      }
    } catch (IOException e) {
      throw malformed(e);
    }
    return numbers;
  }

  /** Where the last field of a number ends; the end of all where there is none. */
  private int endOfLast(int number) {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    int end = bytes.length;
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        skip(in, tag);
        if (WireFormat.getTagFieldNumber(tag) == number) {
          end = in.getTotalBytesRead();
        }
      }
    } catch (IOException e) {
      throw malformed(e);
    }
    return end;
  }

  /** The message with a text field in the place of all of that number. */
  WireMessage with(int number, String text) {
    return with(number, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void skip(CodedInputStream in, int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new IOException("a group ends that has not begun");
    }
  }

  private static GraftException malformed(IOException e) {
    return malformed(String.valueOf(e.getMessage()), e);
  }

  /**
   * A refusal of a request.
   *
   * @param why a sentence's end, full stop included
   */
  static GraftException malformed(String why) {
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
