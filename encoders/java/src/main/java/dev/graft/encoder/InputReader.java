package dev.graft.encoder;

import java.util.Optional;

/**
 * Reads the DataFrames and columns of a client library, so that they can be given as inputs. Found
 * by {@link java.util.ServiceLoader}. Implementations have a public constructor without parameters,
 * are safe for use by several threads, and load nothing of the library unless its objects are
 * given.
 */
public interface InputReader {
  /**
   * Reads a value if it is one of the library's.
   *
   * @return empty if it is not
   * @throws GraftInputException if it is one, but cannot be read
   */
  Optional<SerializedInput> read(Object value);
}
