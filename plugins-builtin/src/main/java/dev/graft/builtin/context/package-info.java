/**
 * Settings of the SparkContext that Spark Connect hides.
 *
 * <p>Local properties belong to threads, and Spark Connect runs each operation on a thread of its
 * own, whose job description it sets as well; so a command that set them would set them for itself
 * alone. But every SQL execution copies the settings of its session whose names begin with {@code
 * spark} to the local properties of its thread, over what is there, for as long as it runs. That is
 * how what is set here reaches the jobs of the session's later operations, on every Spark line.
 */
@NullMarked
package dev.graft.builtin.context;

import org.jspecify.annotations.NullMarked;
