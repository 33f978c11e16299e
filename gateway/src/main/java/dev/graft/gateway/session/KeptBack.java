package dev.graft.gateway.session;

import dev.graft.gateway.memory.CallMemory;
import dev.graft.gateway.memory.Share;
import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.wire.Slice;
import dev.graft.registry.wire.WireCursor;
import dev.graft.registry.wire.WireMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Takes the jars out of an upload, for a backend that takes none. The backend gets everything else,
 * at least a batch without artifacts, so that it answers for the session; the client is told of the
 * jars as the backend would tell it. What it makes and keeps is counted: a client decides how large
 * a message is, and how many names are in it. Used by one thread at a time.
 */
final class KeptBack {
  private static final byte[] JARS = "jars/".getBytes(StandardCharsets.UTF_8);
  private static final byte[] TRUE = {FieldNumbers.SUMMARY_CRC_SUCCESSFUL << 3, 1};

  /** What a name takes beside its characters: a text, and a place in a set. */
  private static final int NAME = 128;

  /** How often the bytes of a name are there: in the text, and while the response is made. */
  private static final int COPIES_OF_NAME = 4;

  private final Share memory;
  private final Runnable refusal;
  private final Set<String> names = new LinkedHashSet<>();
  private long kept;
  private boolean inJar;
  private boolean over;

  /** Of the call whose context is the current one. */
  static KeptBack ofCall() {
    CallMemory call = CallMemory.current().orElseThrow();
    return new KeptBack(call.kept(), call::refuse);
  }

  /**
   * Of one upload.
   *
   * @param memory the share of the call that nobody else gives back
   * @param refusal ends the call where there is no memory for it
   */
  KeptBack(Share memory, Runnable refusal) {
    this.memory = memory;
    this.refusal = refusal;
  }

  /**
   * What the backend gets of a message; none if all of it is a jar's, or the call is over. The
   * message before it is no longer needed.
   *
   * @throws dev.graft.registry.wire.WireException if it is malformed
   */
  List<byte[]> request(byte[] message) {
    memory.shrinkTo(kept);
    boolean jars = false;
    boolean otherThanChunk = false;
    WireCursor field = new WireCursor(Slice.of(message));
    while (field.nextField()) {
      if (field.isContent(FieldNumbers.ARTIFACTS_BEGIN)) {
        inJar = noted(field.content());
        jars |= inJar;
        otherThanChunk = true;
      } else if (field.isContent(FieldNumbers.ARTIFACTS_BATCH)) {
        jars |= anyNoted(field.content());
        otherThanChunk = true;
      } else if (field.isContent(FieldNumbers.ARTIFACTS_CHUNK)) {
        jars |= inJar;
        field.skip();
      } else {
        field.skip();
      }
    }
    if (!jars) {
      return List.of(message);
    }
    return otherThanChunk && !over ? without(message) : List.of();
  }

  private boolean anyNoted(Slice batch) {
    boolean any = false;
    WireCursor field = new WireCursor(batch);
    while (field.nextField()) {
      if (field.isContent(FieldNumbers.BATCH_ARTIFACT)) {
        any |= noted(field.content());
      } else {
        field.skip();
      }
    }
    return any;
  }

  /** Whether an artifact is a jar, whose name the client will be told. */
  private boolean noted(Slice artifact) {
    Slice name = name(artifact);
    if (!isJar(name)) {
      return false;
    }
    long more = NAME + (long) COPIES_OF_NAME * name.length();
    if (!over && has(more) && names.add(name.utf8())) {
      kept += more;
    }
    memory.shrinkTo(kept);
    return true;
  }

  /** Whether there is memory for so much more; otherwise this ends the call. */
  private boolean has(long bytes) {
    if (!memory.tryTake(bytes)) {
      over = true;
      refusal.run();
    }
    return !over;
  }

  private static boolean isJar(Slice name) {
    return name.length() >= JARS.length
        && Arrays.equals(
            name.bytes(), name.from(), name.from() + JARS.length, JARS, 0, JARS.length);
  }

  /** Of several the last, as a parser has it. */
  private static Slice name(Slice artifact) {
    Slice name = Slice.of(new byte[0]);
    WireCursor field = new WireCursor(artifact);
    while (field.nextField()) {
      if (field.isContent(FieldNumbers.ARTIFACT_NAME)) {
        name = field.content();
      } else {
        field.skip();
      }
    }
    return name;
  }

  /** The message without jars. It is copied once, when it is known how large it becomes. */
  private List<byte[]> without(byte[] message) {
    Part size = new Part(new byte[0]);
    write(message, size);
    if (!has(size.length)) {
      return List.of();
    }
    Part rest = new Part(new byte[size.length]);
    write(message, rest);
    return List.of(rest.bytes);
  }

  private static void write(byte[] message, Part out) {
    WireCursor field = new WireCursor(Slice.of(message));
    while (field.nextField()) {
      if (field.isContent(FieldNumbers.ARTIFACTS_BATCH)) {
        Slice batch = field.content();
        Part size = new Part(new byte[0]);
        writeOthers(batch, size);
        out.addAll(WireMessage.head(FieldNumbers.ARTIFACTS_BATCH, size.length));
        writeOthers(batch, out);
      } else if (isJar(field, FieldNumbers.ARTIFACTS_BEGIN)) {
        out.addAll(WireMessage.head(FieldNumbers.ARTIFACTS_BATCH, 0));
      } else {
        out.add(message, field.fieldStart(), field.position());
      }
    }
  }

  private static void writeOthers(Slice batch, Part out) {
    WireCursor field = new WireCursor(batch);
    while (field.nextField()) {
      if (!isJar(field, FieldNumbers.BATCH_ARTIFACT)) {
        out.add(batch.bytes(), field.fieldStart(), field.position());
      }
    }
  }

  /** Steps over a field, and says whether it is a jar in the field of artifacts. */
  private static boolean isJar(WireCursor field, int number) {
    if (field.isContent(number)) {
      return isJar(name(field.content()));
    }
    field.skip();
    return false;
  }

  /** What is written of a message; where there is no room it is only measured. */
  private static final class Part {
    private final byte[] bytes;
    private int length;

    Part(byte[] bytes) {
      this.bytes = bytes;
    }

    void addAll(byte[] more) {
      add(more, 0, more.length);
    }

    void add(byte[] from, int begin, int end) {
      if (bytes.length > 0) {
        System.arraycopy(from, begin, bytes, length, end - begin);
      }
      length += end - begin;
    }
  }

  /**
   * The response with the jars in it.
   *
   * @param whole whether a jar has come as it was sent
   */
  byte[] response(byte[] message, Predicate<String> whole) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(message);
    for (String name : names) {
      ByteArrayOutputStream summary = new ByteArrayOutputStream();
      summary.writeBytes(WireMessage.EMPTY.with(FieldNumbers.ARTIFACT_NAME, name).bytes());
      if (whole.test(name)) {
        summary.writeBytes(TRUE);
      }
      out.writeBytes(
          WireMessage.EMPTY.with(FieldNumbers.RESPONSE_ARTIFACT, summary.toByteArray()).bytes());
    }
    return out.toByteArray();
  }
}
