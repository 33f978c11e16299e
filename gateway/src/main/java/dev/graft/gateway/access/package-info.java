/** Who may call: bearer tokens, checked before anything else of a call is looked at. */
@NullMarked
package dev.graft.gateway.access;

import org.jspecify.annotations.NullMarked;
