/**
 * Operations of {@code plugins-builtin} beside what one would write by hand in PySpark. What is
 * compared is in Python, in {@code src/main/python}; the classes here start the server and the
 * Python program, and make the table.
 */
@NullMarked
package dev.graft.benchmarks.operations;

import org.jspecify.annotations.NullMarked;
