/**
 * Loading again while requests run: {@link dev.graft.registry.reload.FolderWatch} notices that the
 * plugin folders have changed, and has the registry load what lies there now.
 */
@NullMarked
package dev.graft.registry.reload;

import org.jspecify.annotations.NullMarked;
