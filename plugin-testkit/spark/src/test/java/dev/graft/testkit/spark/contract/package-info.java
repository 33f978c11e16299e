@NullMarked
package dev.graft.testkit.spark.contract;

import org.jspecify.annotations.NullMarked;
