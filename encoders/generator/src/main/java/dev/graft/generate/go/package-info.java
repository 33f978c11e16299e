/** Go clients: a package for each {@code .proto} file, written as gofmt leaves it. */
@NullMarked
package dev.graft.generate.go;

import org.jspecify.annotations.NullMarked;
