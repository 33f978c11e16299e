/** What is given to others beside jars: the clients' packages, images, and files for Kubernetes. */
@NullMarked
package dev.graft.cli.packages;

import org.jspecify.annotations.NullMarked;
