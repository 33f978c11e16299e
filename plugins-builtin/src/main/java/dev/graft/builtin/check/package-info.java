/**
 * Whether a dataset is as it is expected to be: counts of violations, then, where there are any,
 * samples of them.
 */
@NullMarked
package dev.graft.builtin.check;

import org.jspecify.annotations.NullMarked;
