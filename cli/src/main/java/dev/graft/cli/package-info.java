/**
 * The {@code graft} command: {@link dev.graft.cli.GraftCommand} reads the arguments, its
 * subcommands do the work, and what goes wrong ends in a non-zero exit status and one line.
 */
@NullMarked
package dev.graft.cli;

import org.jspecify.annotations.NullMarked;
