/** Tests in other languages, run by their own tools, each as a test of JUnit's. */
@NullMarked
package dev.graft.cli.programs;

import org.jspecify.annotations.NullMarked;
