/** What was inserted into, deleted from and changed in a dataset. */
@NullMarked
package dev.graft.builtin.diff;

import org.jspecify.annotations.NullMarked;
