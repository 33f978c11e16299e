/** The encoder kit from end to end: generated clients on real servers and through the gateway. */
@NullMarked
package dev.graft.cli.encoders;

import org.jspecify.annotations.NullMarked;
