/** Which threads and connections calls take. */
@NullMarked
package dev.graft.gateway.transport;

import org.jspecify.annotations.NullMarked;
