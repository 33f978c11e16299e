package dev.graft.benchmarks.lowering;

import com.google.protobuf.ByteString;
import dev.graft.registry.lowering.Expander;
import dev.graft.registry.lowering.Expansion;
import dev.graft.spi.Extension;
import java.nio.ByteBuffer;
import org.apache.spark.connect.proto.Relation;

/** Extensions inside extensions, as they come about: through a plugin's answers, or a client. */
final class NestedExtensions {
  private NestedExtensions() {}

  /** The plan that both come down to: a range under as many limits. */
  static Relation lowered(int levels) {
    Relation relation = Plans.range();
    for (int i = 0; i < levels; i++) {
      relation = Plans.limit(relation);
    }
    return relation;
  }

  /**
   * Every answer but the last is a limit on the next extension, of the same size each. Used for one
   * lowering of a plan with one extension, by one thread.
   */
  static final class Countdown implements Expander {
    private static final byte[] NEXT =
        Plans.limit(Plans.relationExtension(ByteString.copyFromUtf8("k=3"))).toByteArray();
    private static final byte[] LAST = Plans.limit(Plans.range()).toByteArray();

    private int left;

    /**
     * @param levels how many answers there are; at least 1
     */
    Countdown(int levels) {
      left = levels;
    }

    @Override
    public Expansion expand(Extension extension) {
      left--;
      return new Expansion.Replace(left > 0 ? NEXT.clone() : LAST.clone());
    }
  }

  /** The plan with one extension that {@link Countdown} is for. */
  static byte[] single() {
    return Plans.planOf(Plans.relationExtension(ByteString.copyFromUtf8("k=3"))).toByteArray();
  }

  /**
   * The plan of a client that uses an extension on the result of an extension, and so on: the
   * message of each holds a limit on the next.
   */
  static byte[] inMessages(int levels) {
    ByteString message = Plans.limit(Plans.range()).toByteString();
    for (int i = 1; i < levels; i++) {
      message = Plans.limit(Plans.relationExtension(message)).toByteString();
    }
    return Plans.planOf(Plans.relationExtension(message)).toByteArray();
  }

  /**
   * Answers with the message, which is what {@link #inMessages} is for. The answer is a copy, as it
   * is for any plugin that serialises one.
   */
  static Expansion unpack(Extension extension) {
    ByteBuffer value = extension.value();
    byte[] answer = new byte[value.remaining()];
    value.get(value.position(), answer);
    return new Expansion.Replace(answer);
  }
}
