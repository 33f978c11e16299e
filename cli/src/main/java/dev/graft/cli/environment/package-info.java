/** What the command finds around it: the terminal, and the folder that it is installed in. */
@NullMarked
package dev.graft.cli.environment;

import org.jspecify.annotations.NullMarked;
