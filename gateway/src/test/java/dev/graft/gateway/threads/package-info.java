/** Lowering threads without a server around them. */
@NullMarked
package dev.graft.gateway.threads;

import org.jspecify.annotations.NullMarked;
