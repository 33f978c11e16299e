/** What can be configured: every key of the registry, with its type, default and text. */
@NullMarked
package dev.graft.registry.settings;

import org.jspecify.annotations.NullMarked;
