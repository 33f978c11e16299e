/**
 * One plugin, written three times: for Graft, for Spark 4.x and for Spark 3.x, each as an author
 * would write it.
 *
 * <p>{@link dev.graft.benchmarks.dispatch.PluginFamily} makes as many packages like this one as a
 * measurement needs.
 */
@NullMarked
package dev.graft.benchmarks.dispatch.plugin0000;

import org.jspecify.annotations.NullMarked;
