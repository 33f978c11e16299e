/**
 * What may be wrong with a machine, with settings or with a server, and what to do about it. Each
 * class looks at one thing and changes nothing.
 */
@NullMarked
package dev.graft.cli.doctor;

import org.jspecify.annotations.NullMarked;
