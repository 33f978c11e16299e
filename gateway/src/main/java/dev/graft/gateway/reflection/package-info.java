/** What gRPC's reflection service tells of the methods that the gateway passes on as bytes. */
@NullMarked
package dev.graft.gateway.reflection;

import org.jspecify.annotations.NullMarked;
