package dev.graft.encoder;

import com.google.protobuf.Any;
import java.util.Optional;

/** What a command has answered, in whichever client it ran; {@link Operations#reply} reads it. */
public interface Answer {
  /** The message of the plugin's own that the command answered with, if it was one. */
  Optional<Any> packedMessage();

  /** Whether it is rows. */
  boolean isRows();
}
