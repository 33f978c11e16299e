/** What is known of sessions, without a gateway. */
@NullMarked
package dev.graft.gateway.store;

import org.jspecify.annotations.NullMarked;
