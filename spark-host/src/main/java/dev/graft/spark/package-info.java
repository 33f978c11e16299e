/**
 * What Spark itself loads of Graft: the plugin named in {@code spark.plugins}, and the bridge that
 * the classes in Spark's extension lists call.
 *
 * <p>Everything else lies in folders of the same jar, where Spark's class loaders don't find it,
 * and is loaded by {@link dev.graft.spark.NestedClassLoader}: {@code graft/host} (this host, the
 * registry and their libraries), and the parts of a realm, {@code graft/api}, {@code
 * graft/messages} and {@code graft/protobuf}. Types of this package are of the JDK and Spark's
 * plugin API alone, since they are what both sides share.
 */
@NullMarked
package dev.graft.spark;

import org.jspecify.annotations.NullMarked;
