/** What the start of a server would say, without the server. */
@NullMarked
package dev.graft.cli.start;

import org.jspecify.annotations.NullMarked;
