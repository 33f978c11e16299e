/**
 * Where messages come from: {@code .proto} files, plugin jars, descriptor sets. All are read into
 * {@link dev.graft.generate.source.SourceFiles}.
 */
@NullMarked
package dev.graft.generate.source;

import org.jspecify.annotations.NullMarked;
