/**
 * The memory of all calls together: what of a call takes how much of it, and what happens where
 * there is no more.
 */
@NullMarked
package dev.graft.gateway.memory;

import org.jspecify.annotations.NullMarked;
