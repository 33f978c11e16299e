@NullMarked
package dev.graft.cli.spark;

import org.jspecify.annotations.NullMarked;
