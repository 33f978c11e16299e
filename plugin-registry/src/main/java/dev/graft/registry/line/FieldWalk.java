package dev.graft.registry.line;

import dev.graft.registry.line.MessageFields.EnumValues;
import dev.graft.registry.line.MessageFields.Field;
import dev.graft.registry.line.MessageFields.Value;
import dev.graft.registry.wire.Slice;
import dev.graft.registry.wire.WireCursor;
import dev.graft.registry.wire.WireException;
import dev.graft.registry.wire.WireType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One search through one message. Not safe for use by several threads. */
final class FieldWalk {
  /** A path is cut to this many fields: a plan may nest as deep as it is long. */
  private static final int LONGEST_PATH = 8;

  /**
   * A message on the way from the root to where the search is.
   *
   * @param type its type
   * @param field the name of the field it is in; empty for the root
   * @param from where its content begins
   * @param to the byte after its content
   */
  record Frame(MessageFields type, String field, int from, int to) {}

  private final WireCursor reader;
  private final byte[] message;
  private final int place;
  private final ClientBytes client;
  private final List<Frame> frames = new ArrayList<>();

  /**
   * @param type the message's type
   * @param message the serialised message
   * @param place the place of the server's line among the known ones
   * @param client tells which messages are the client's own, whose unknown fields pass
   */
  FieldWalk(MessageFields type, byte[] message, int place, ClientBytes client) {
    this.reader = WireCursor.lenient(message);
    this.message = message;
    this.place = place;
    this.client = client;
    frames.add(new Frame(type, "", 0, message.length));
  }

  /** Goes through the message, once. */
  @Nullable UnknownField first() {
    try {
      while (!frames.isEmpty()) {
        Frame frame = frames.get(frames.size() - 1);
        if (reader.position() == frame.to()) {
          leave(frames.size() - 1);
          continue;
        }
        UnknownField unknown = next(frame);
        if (unknown == null) {
          continue;
        }
        int outermost = client.outermostOf(frames);
        if (outermost < 0) {
          return unknown;
        }
        leave(outermost);
      }
      return null;
    } catch (WireException e) {
      return null;
    }
  }

  /** Goes on behind a message. */
  private void leave(int frame) {
    int end = frames.get(frame).to();
    frames.subList(frame, frames.size()).clear();
    if (frame > 0) {
      reader.reset(message, end, frames.get(frame - 1).to());
    }
  }

  private @Nullable UnknownField next(Frame frame) {
    reader.nextField();
    Field field = frame.type().field(reader.fieldNumber());
    if (field == null) {
      reader.skip();
      return null;
    }
    if (field.since() > place) {
      return unknown(frame, field, "", field.since());
    }
    int wireType = reader.wireType();
    if (field.message() != null && wireType == WireType.LENGTH) {
      Slice content = reader.content();
      frames.add(new Frame(field.message(), field.name(), content.from(), content.to()));
      reader.reset(message, content.from(), content.to());
      return null;
    }
    if (field.values() != null && wireType == WireType.VARINT) {
      return value(frame, field, field.values());
    }
    if (field.values() != null && wireType == WireType.LENGTH) {
      return packed(frame, field, field.values());
    }
    reader.skip();
    return null;
  }

  private @Nullable UnknownField value(Frame frame, Field field, EnumValues values) {
    Value value = values.value((int) reader.varint());
    return value == null || value.since() <= place
        ? null
        : unknown(frame, field, value.name(), value.since());
  }

  private @Nullable UnknownField packed(Frame frame, Field field, EnumValues values) {
    int length = reader.length();
    int end = reader.position() + length;
    UnknownField unknown = null;
    while (reader.position() < end && unknown == null) {
      unknown = value(frame, field, values);
    }
    return unknown;
  }

  private UnknownField unknown(Frame frame, Field field, String value, int since) {
    StringBuilder path = new StringBuilder();
    int first = Math.max(1, frames.size() + 1 - LONGEST_PATH);
    if (first > 1) {
      path.append("….");
    }
    for (int i = first; i < frames.size(); i++) {
      path.append(frames.get(i).field()).append('.');
    }
    path.append(field.name());
    return new UnknownField(
        frame.type().fullName() + "." + field.name(),
        value,
        path.toString(),
        KnownLines.ALL.get(since));
  }
}
