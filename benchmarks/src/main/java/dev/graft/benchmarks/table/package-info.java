/** What was measured, and the tables of it. */
@NullMarked
package dev.graft.benchmarks.table;

import org.jspecify.annotations.NullMarked;
