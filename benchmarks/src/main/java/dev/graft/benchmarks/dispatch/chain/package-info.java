/** How Spark asks its plugins. */
@NullMarked
package dev.graft.benchmarks.dispatch.chain;

import org.jspecify.annotations.NullMarked;
