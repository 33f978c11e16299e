/** The gateway in front of real Spark servers that have nothing of Graft in them. */
@NullMarked
package dev.graft.cli.gateway;

import org.jspecify.annotations.NullMarked;
