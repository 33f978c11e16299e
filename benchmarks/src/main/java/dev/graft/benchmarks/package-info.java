/** The program that runs the benchmarks of one of the packages below and prints their tables. */
@NullMarked
package dev.graft.benchmarks;

import org.jspecify.annotations.NullMarked;
