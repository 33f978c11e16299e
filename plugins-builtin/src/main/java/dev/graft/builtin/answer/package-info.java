/** Rows that a native operation answers with. */
@NullMarked
package dev.graft.builtin.answer;

import org.jspecify.annotations.NullMarked;
