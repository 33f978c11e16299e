/** What others install, tried as they get it. */
@NullMarked
package dev.graft.dist;

import org.jspecify.annotations.NullMarked;
