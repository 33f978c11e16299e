/**
 * From descriptors to the model: {@link dev.graft.generate.reading.ModelReader} links a set of
 * files, finds the operations in them, and checks all that the author wrote about them.
 */
@NullMarked
package dev.graft.generate.reading;

import org.jspecify.annotations.NullMarked;
