/**
 * Measures what lowering a plan costs, against parsing it into messages and serialising them again.
 *
 * <p>{@link dev.graft.benchmarks.lowering.WalkBenchmark}, {@link
 * dev.graft.benchmarks.lowering.SpliceBenchmark} and {@link
 * dev.graft.benchmarks.lowering.NestingBenchmark} say what is measured, {@link
 * dev.graft.benchmarks.lowering.LoweringTables} makes the tables.
 */
@NullMarked
package dev.graft.benchmarks.lowering;

import org.jspecify.annotations.NullMarked;
