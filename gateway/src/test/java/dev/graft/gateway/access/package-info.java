/** Tokens alone, without a server. */
@NullMarked
package dev.graft.gateway.access;

import org.jspecify.annotations.NullMarked;
