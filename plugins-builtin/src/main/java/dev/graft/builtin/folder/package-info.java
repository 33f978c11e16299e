/**
 * The folders that a server's operator has opened to clients, and the check that a path which a
 * client sent stays within them.
 */
@NullMarked
package dev.graft.builtin.folder;

import org.jspecify.annotations.NullMarked;
