/** The gateway's own reading and writing of messages. */
@NullMarked
package dev.graft.gateway.connect;

import org.jspecify.annotations.NullMarked;
