/**
 * Measures what finding the plugin for an extension costs, in Graft and in Spark's own chain.
 *
 * <p>{@link dev.graft.benchmarks.dispatch.DispatchBenchmark} says what is measured, {@link
 * dev.graft.benchmarks.dispatch.DispatchTable} prints it.
 */
@NullMarked
package dev.graft.benchmarks.dispatch;

import org.jspecify.annotations.NullMarked;
