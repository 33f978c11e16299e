/** Plugins in jars, checked against what hosts have, without a class of theirs being loaded. */
@NullMarked
package dev.graft.cli.check;

import org.jspecify.annotations.NullMarked;
