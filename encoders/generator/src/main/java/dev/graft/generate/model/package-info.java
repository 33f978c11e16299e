/**
 * What a client offers, in no language yet: {@link dev.graft.generate.model.ClientFile} holds the
 * operations of one {@code .proto} file and all types that they use. Everything in here has been
 * checked against the rules that hold for every language; what a language adds (its keywords, its
 * own names) is up to its emitter.
 */
@NullMarked
package dev.graft.generate.model;

import org.jspecify.annotations.NullMarked;
