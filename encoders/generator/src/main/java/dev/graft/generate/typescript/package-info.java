/**
 * Writes TypeScript: a module for each {@code .proto} file, with a function for each operation, for
 * use with the npm package {@code graft-connect}. The text is as prettier formats it, and passes
 * {@code tsc --strict} and the strict rules of typescript-eslint.
 */
@NullMarked
package dev.graft.generate.typescript;

import org.jspecify.annotations.NullMarked;
