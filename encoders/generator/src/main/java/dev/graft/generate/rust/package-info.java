/**
 * Writes Rust: a module for each {@code .proto} file, with a struct for each operation, for use
 * with the crate {@code graft-connect}. The text is as rustfmt formats it, and clippy has nothing
 * to say about it. All names of the crate are written with its name in front, so that an author's
 * types can be called as they like.
 */
@NullMarked
package dev.graft.generate.rust;

import org.jspecify.annotations.NullMarked;
