/** Who may call, without a backend. */
@NullMarked
package dev.graft.gateway.access;

import org.jspecify.annotations.NullMarked;
