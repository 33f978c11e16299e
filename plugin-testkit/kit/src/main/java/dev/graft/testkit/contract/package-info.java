/**
 * Rules that hold for every plugin, as properties that a plugin's test inherits: {@link
 * dev.graft.testkit.contract.PluginContract} for portable ones. What it shares with the contract of
 * native plugins, which needs a server, is {@link dev.graft.testkit.contract.ExtensionContract}.
 */
@NullMarked
package dev.graft.testkit.contract;

import org.jspecify.annotations.NullMarked;
