/**
 * Makes the vectors that hold the encoders of all languages together, with protobuf's own
 * serialisation, and checks this encoder against them.
 */
@NullMarked
package dev.graft.encoder.vectors;

import org.jspecify.annotations.NullMarked;
