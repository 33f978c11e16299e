/**
 * What the compiler says of a plugin's project: {@link dev.graft.check.PluginCheck}. It stands on
 * the compiler's processor path, and is not in a plugin's jar.
 */
@NullMarked
package dev.graft.check;

import org.jspecify.annotations.NullMarked;
