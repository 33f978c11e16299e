/**
 * Loading again while requests run. {@link dev.graft.registry.reload.Reloading} has the registry
 * load what lies in the plugin folders now, and says what is different; {@link
 * dev.graft.registry.reload.FolderWatch} asks for that when the folders have changed, the admin
 * port when an operator does.
 */
@NullMarked
package dev.graft.registry.reload;

import org.jspecify.annotations.NullMarked;
