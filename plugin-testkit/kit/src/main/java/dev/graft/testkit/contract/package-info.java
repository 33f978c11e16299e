/**
 * Rules that hold for every portable plugin, as properties that a plugin's test inherits: {@link
 * dev.graft.testkit.contract.PluginContract}.
 */
@NullMarked
package dev.graft.testkit.contract;

import org.jspecify.annotations.NullMarked;
