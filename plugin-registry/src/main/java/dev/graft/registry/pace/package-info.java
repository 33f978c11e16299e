/** How often something is done that others can provoke, such as a line of the log. */
@NullMarked
package dev.graft.registry.pace;

import org.jspecify.annotations.NullMarked;
