/** Tests of the Go emitter. */
@NullMarked
package dev.graft.generate.go;

import org.jspecify.annotations.NullMarked;
