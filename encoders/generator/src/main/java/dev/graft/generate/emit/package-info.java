/**
 * What emitters of all languages have in common: names of a scope, literals, lines of comments, and
 * the descriptors that every generated file holds. It knows the model and no language.
 */
@NullMarked
package dev.graft.generate.emit;

import org.jspecify.annotations.NullMarked;
