/** What the compiler says of plugins, compiled by the JDK's own. */
@NullMarked
package dev.graft.check;

import org.jspecify.annotations.NullMarked;
