/**
 * Writes Java: a class for each {@code .proto} file, with a builder for each operation, for use
 * with the library {@code encoder-java}. The text is as google-java-format leaves it, and passes
 * the compiler's and Javadoc's lint.
 */
@NullMarked
package dev.graft.generate.java;

import org.jspecify.annotations.NullMarked;
