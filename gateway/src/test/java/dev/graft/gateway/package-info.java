/** A gateway between real gRPC servers and clients in one JVM. */
@NullMarked
package dev.graft.gateway;

import org.jspecify.annotations.NullMarked;
