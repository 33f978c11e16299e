/** What a gateway keeps of sessions, without a backend. */
@NullMarked
package dev.graft.gateway.session;

import org.jspecify.annotations.NullMarked;
