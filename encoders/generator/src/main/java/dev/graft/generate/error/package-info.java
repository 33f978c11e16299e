/** Why no client can be written, each reason with a stable code. */
@NullMarked
package dev.graft.generate.error;

import org.jspecify.annotations.NullMarked;
