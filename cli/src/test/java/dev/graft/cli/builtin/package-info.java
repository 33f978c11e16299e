/** The plugins that ship with Graft, on a real server of every Spark line and through a gateway. */
@NullMarked
package dev.graft.cli.builtin;

import org.jspecify.annotations.NullMarked;
