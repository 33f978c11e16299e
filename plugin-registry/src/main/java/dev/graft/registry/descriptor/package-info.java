/** What is known of the messages of Connect and of plugins, from the descriptors that ship. */
@NullMarked
package dev.graft.registry.descriptor;

import org.jspecify.annotations.NullMarked;
