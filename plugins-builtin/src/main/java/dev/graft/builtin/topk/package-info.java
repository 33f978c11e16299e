/** The first rows of each group. */
@NullMarked
package dev.graft.builtin.topk;

import org.jspecify.annotations.NullMarked;
