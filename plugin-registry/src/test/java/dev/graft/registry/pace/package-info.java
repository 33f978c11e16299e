/** How often things are done, by a clock of the test. */
@NullMarked
package dev.graft.registry.pace;

import org.jspecify.annotations.NullMarked;
