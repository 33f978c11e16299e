/**
 * Sockets: the event loops that serve clients and call the backend, how many connections there may
 * be, and how long they live.
 */
@NullMarked
package dev.graft.gateway.transport;

import org.jspecify.annotations.NullMarked;
