/** {@code sc://} addresses, read the same by the clients and the gateway. */
@NullMarked
package dev.graft.address;

import org.jspecify.annotations.NullMarked;
