/** Every Spark line, as a real server with Graft in it, and real clients. */
@NullMarked
package dev.graft.cli.lines;

import org.jspecify.annotations.NullMarked;
