/**
 * Which jars are believed: by the digest of their bytes, or by who has signed them. Whoever asks
 * asks about a copy of its own ({@link dev.graft.registry.trust.JarCopy}), and uses that copy: what
 * was looked at is what is loaded.
 */
@NullMarked
package dev.graft.registry.trust;

import org.jspecify.annotations.NullMarked;
