/** What the expressions of this jar have in common: operands that are computed once, and titles. */
@NullMarked
package dev.graft.builtin.expression;

import org.jspecify.annotations.NullMarked;
