/** The fields that each line has, against the descriptors of the lines themselves. */
@org.jspecify.annotations.NullMarked
package dev.graft.registry.line;
