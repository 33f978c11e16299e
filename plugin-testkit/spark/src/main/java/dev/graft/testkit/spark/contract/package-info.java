/**
 * Rules that hold for every native plugin, tried on a real server through real requests: {@link
 * dev.graft.testkit.spark.contract.NativePluginContract}.
 */
@NullMarked
package dev.graft.testkit.spark.contract;

import org.jspecify.annotations.NullMarked;
