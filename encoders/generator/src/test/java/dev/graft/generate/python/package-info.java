/** Generated Python. */
@NullMarked
package dev.graft.generate.python;

import org.jspecify.annotations.NullMarked;
