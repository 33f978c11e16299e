/**
 * What each line of Connect servers knows: which messages have which fields, and which enums have
 * which values, from 3.4 to the newest line that Graft knows.
 *
 * <p>A protobuf parser keeps a field that it does not know and goes on, so that a server of an
 * earlier line runs a plan without the part that it has never heard of, and nobody is told. {@link
 * dev.graft.registry.line.ConnectFields} finds such a field before the plan is sent.
 *
 * <p>What is compared is the {@code .proto} files that each line was published with. Three things
 * are let through on purpose:
 *
 * <ul>
 *   <li>fields that no known line has: nothing is known about them, and a server may be newer than
 *       Graft;
 *   <li>the origins of nodes ({@code RelationCommon.origin}, {@code ExpressionCommon.origin}),
 *       which say where in a client's program a node was made. They end up in error messages and
 *       change no result;
 *   <li>what the client itself put into the extension: see {@link
 *       dev.graft.registry.line.ConnectFields#firstUnknown(ConnectType, byte[],
 *       java.nio.ByteBuffer)}.
 * </ul>
 *
 * <p>A {@code google.protobuf.Any} is not looked into: what it stands for is looked at when it is
 * lowered.
 */
@NullMarked
package dev.graft.registry.line;

import dev.graft.registry.descriptor.ConnectType;
import org.jspecify.annotations.NullMarked;
