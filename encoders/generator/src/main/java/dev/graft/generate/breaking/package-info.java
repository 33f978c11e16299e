/**
 * Which changes of messages break clients that are out there: {@link
 * dev.graft.generate.breaking.Compatibility} compares what two sources say.
 */
@NullMarked
package dev.graft.generate.breaking;

import org.jspecify.annotations.NullMarked;
