/** Commands on the files of folders that the server's operator has opened. */
@NullMarked
package dev.graft.builtin.filesystem;

import org.jspecify.annotations.NullMarked;
