/** Numbers put into buckets. */
@NullMarked
package dev.graft.builtin.bucket;

import org.jspecify.annotations.NullMarked;
