/** Tests of the Rust emitter. */
@NullMarked
package dev.graft.generate.rust;

import org.jspecify.annotations.NullMarked;
