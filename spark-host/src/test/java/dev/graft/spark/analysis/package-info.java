@NullMarked
package dev.graft.spark.analysis;

import org.jspecify.annotations.NullMarked;
