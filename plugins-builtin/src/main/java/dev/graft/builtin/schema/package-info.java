/**
 * The columns of an input, by their places, so that no two names can disturb one another, and their
 * types.
 */
@NullMarked
package dev.graft.builtin.schema;

import org.jspecify.annotations.NullMarked;
