/**
 * For the tests of plugins: {@link dev.graft.testkit.WithPlugins} names the plugins that a JUnit 5
 * test is about, and {@link dev.graft.testkit.Graft} lowers extensions with them in memory, in
 * milliseconds. The same test runs on real servers too, where {@code
 * dev.graft:plugin-testkit-spark} is on the class path and its annotations say so.
 */
@NullMarked
package dev.graft.testkit;

import org.jspecify.annotations.NullMarked;
