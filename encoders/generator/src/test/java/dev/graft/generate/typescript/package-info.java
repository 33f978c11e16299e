/** Tests of generated TypeScript: its text, and what TypeScript's own tools say about it. */
@NullMarked
package dev.graft.generate.typescript;

import org.jspecify.annotations.NullMarked;
