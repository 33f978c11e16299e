/**
 * Extensions beside the plans that they stand for: the same rows, columns and errors, at about the
 * same cost.
 */
@NullMarked
package dev.graft.cli.byhand;

import org.jspecify.annotations.NullMarked;
