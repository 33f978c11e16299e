/**
 * Protobuf's encoding, for whoever reads or changes bytes without a protobuf library: hosts have
 * none of their own, and what clients send is not parsed into objects.
 */
@NullMarked
package dev.graft.registry.wire;

import org.jspecify.annotations.NullMarked;
