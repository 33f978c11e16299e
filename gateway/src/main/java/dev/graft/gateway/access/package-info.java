/** Who may call: bearer tokens, checked before a call's message is received. */
@NullMarked
package dev.graft.gateway.access;

import org.jspecify.annotations.NullMarked;
