/**
 * What loading plugins again costs, and whether requests notice it: a steady load of plans to be
 * lowered, with and without reloads beside it, in fresh JVMs.
 */
@NullMarked
package dev.graft.benchmarks.reload;

import org.jspecify.annotations.NullMarked;
