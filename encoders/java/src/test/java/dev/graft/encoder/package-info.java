/** What a Java client may rely on. */
@NullMarked
package dev.graft.encoder;

import org.jspecify.annotations.NullMarked;
