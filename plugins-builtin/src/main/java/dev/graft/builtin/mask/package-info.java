/** Texts that cannot be read any more. */
@NullMarked
package dev.graft.builtin.mask;

import org.jspecify.annotations.NullMarked;
