/** Lowering threads without a server around them. */
@NullMarked
package dev.graft.gateway.lowering;

import org.jspecify.annotations.NullMarked;
