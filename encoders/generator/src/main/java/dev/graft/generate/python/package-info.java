/**
 * Writes Python: a module for each {@code .proto} file, with a function for each operation, for use
 * with PySpark and the package {@code graft}. The text is as ruff formats it, and passes ruff and
 * {@code mypy --strict}.
 */
@NullMarked
package dev.graft.generate.python;

import org.jspecify.annotations.NullMarked;
