/** What was loaded when the server started, what not, and why. */
@NullMarked
package dev.graft.registry.report;

import org.jspecify.annotations.NullMarked;
