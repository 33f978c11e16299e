/** What the operations have in common: the checks of their options, and orders to sort by. */
@NullMarked
package dev.graft.builtin.option;

import org.jspecify.annotations.NullMarked;
