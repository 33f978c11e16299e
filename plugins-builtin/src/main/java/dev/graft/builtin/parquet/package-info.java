/** What the footers of Parquet files say, read by the engine's own library. */
@NullMarked
package dev.graft.builtin.parquet;

import org.jspecify.annotations.NullMarked;
