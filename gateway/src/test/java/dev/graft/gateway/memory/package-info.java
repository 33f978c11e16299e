/** Tests of the memory of all calls. */
@NullMarked
package dev.graft.gateway.memory;

import org.jspecify.annotations.NullMarked;
