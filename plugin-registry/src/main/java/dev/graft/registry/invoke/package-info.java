/** What stands around every call of a plugin, its construction and description included. */
@NullMarked
package dev.graft.registry.invoke;

import org.jspecify.annotations.NullMarked;
