package dev.graft.registry.lowering;

import dev.graft.registry.wire.WireException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One message that the walk is inside of. Used again for the next message at the same depth. */
final class Frame {
  static final int NONE = -1;

  Source source;
  WalkedType type;

  /** The message's first byte in its source, the next to read, and the byte after its last. */
  int start;

  int position;
  int end;

  /** Where the length in front of the message begins in its source; NONE where it has none. */
  int lengthStart;

  /** Where the new length goes in the result; NONE until something in the message changes. */
  int lengthSlot;

  /** Whether something in the message has changed. */
  boolean changed;

  /** Whether the message is a whole source, whose last bytes it must copy. */
  boolean wholeSource;

  /** How many bytes its length and content took before, in the frame that holds it. */
  int oldSize;

  /** How many bytes its content will take. */
  long newSize;

  /** The slots of singular fields and oneofs that are filled. */
  long seen;

  /**
   * Where in the answer its common field begins, which is not copied since a merged one is written
   * already; NONE if it has none.
   */
  int cutStart;

  /** Whether its extension was offered and left. */
  boolean left;

  /** Whether an extension was found in it, or takes its place now. */
  boolean holdsExtension;

  /** Whether it is an expression that a column is made of, and named after. */
  boolean column;

  /** Why an extension in it would have to be refused; null if there is no reason. */
  @Nullable WireException objection;

  /** The keys of its map fields that lead on, made when the first comes. */
  @Nullable Set<ByteBuffer> keys;

  Frame(Source source, WalkedType type) {
    this.source = source;
    this.type = type;
  }

  /** Enters a message with a length in front of it. */
  void open(Source source, WalkedType type, int lengthStart, int start, int end) {
    read(source, type, start, end);
    this.lengthStart = lengthStart;
    lengthSlot = NONE;
    changed = false;
    wholeSource = false;
    holdsExtension = false;
    objection = null;
    oldSize = end - lengthStart;
    newSize = (long) end - start;
  }

  /** Enters a message that is the whole of the plan's bytes. */
  void openPlan(Source source, WalkedType type) {
    open(source, type, NONE, 0, source.bytes().length);
    wholeSource = true;
  }

  /** Enters a message that is new in the result: no source holds any of it. */
  void openNew(Source source, WalkedType type, int lengthSlot) {
    read(source, type, 0, 0);
    this.lengthStart = NONE;
    this.lengthSlot = lengthSlot;
    changed = true;
    wholeSource = false;
    holdsExtension = true;
    objection = null;
    oldSize = 0;
    newSize = 0;
  }

  /** Enters a new message around content that a source holds. */
  void openInside(Source source, WalkedType type, int lengthSlot, int start, int end) {
    openNew(source, type, lengthSlot);
    read(source, type, start, end);
    newSize = (long) end - start;
  }

  /** The message's content is gone; what takes its place is written elsewhere. */
  void replaceByNothing() {
    read(source, type, end, end);
    wholeSource = false;
    newSize = 0;
  }

  /** The message's content is gone; an answer takes its place. */
  void replaceBy(Source answer) {
    read(answer, type, 0, answer.bytes().length);
    wholeSource = true;
    newSize = answer.bytes().length;
  }

  private void read(Source source, WalkedType type, int start, int end) {
    this.source = source;
    this.type = type;
    this.start = start;
    this.position = start;
    this.end = end;
    seen = 0;
    cutStart = NONE;
    left = false;
    column = false;
    keys = null;
  }
}
