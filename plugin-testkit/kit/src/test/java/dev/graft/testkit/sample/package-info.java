/** Plugins that the kit's own tests are about, over messages of Connect and protobuf. */
@NullMarked
package dev.graft.testkit.sample;

import org.jspecify.annotations.NullMarked;
