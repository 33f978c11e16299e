/**
 * Writes typed clients from the messages of a plugin.
 *
 * <p>{@link dev.graft.generate.Generator} reads sources (package {@code source}), makes a model of
 * the operations in them ({@code reading}, {@code model}), and has an {@link
 * dev.graft.generate.Emitter} write it in a language. {@link dev.graft.generate.ProtocPlugin} is
 * the same for protoc.
 *
 * <p>A language is added by a package with an emitter and a line in {@code
 * META-INF/services/dev.graft.generate.Emitter}; the folder's README says more.
 */
@NullMarked
package dev.graft.generate;

import org.jspecify.annotations.NullMarked;
