/**
 * What an author of a native plugin compiles against: one that answers with Spark's own objects
 * because standard Connect nodes cannot say what it does.
 *
 * <p>A native plugin works inside Spark only, not in a gateway. It shares Spark's public classes
 * with the server, so it must use members that all Spark lines have which it is to run in; its
 * references are checked against the running server before it is loaded. Members whose signature
 * names a Scala collection differ between Scala 2.12 and 2.13: use their Java forms.
 *
 * <p>A library that the server has on its class path ({@code --jars}) is seen by a plugin for which
 * {@code spark.graft.plugin.<id>.host-packages} names its packages. While a native plugin is
 * called, the thread's context class loader finds what the plugin's own finds, and after that what
 * the server's did: Spark looks for data sources by it.
 */
@NullMarked
package dev.graft.api.spark;

import org.jspecify.annotations.NullMarked;
