/**
 * How often Spark analyses and plugins are asked for extensions in one another, and for loops that
 * ask for the columns at each step, beside the same plans by hand; and how long that takes.
 */
@NullMarked
package dev.graft.benchmarks.nesting;

import org.jspecify.annotations.NullMarked;
