/**
 * What is in each column of a dataset, in two passes: one aggregation of all columns, whose least
 * and greatest values and numbers of distinct values then tell the second what to count.
 */
@NullMarked
package dev.graft.builtin.profile;

import org.jspecify.annotations.NullMarked;
