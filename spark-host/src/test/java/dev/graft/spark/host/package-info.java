@NullMarked
package dev.graft.spark.host;

import org.jspecify.annotations.NullMarked;
